#pragma once
// The disk driver: blocks of BLOCK_SIZE bytes, to and from pages.

#include <stdbool.h>
#include <stdint.h>

// A transfer that somebody has asked for.
struct disk_request {
    uint32_t block;
    void *page;  // must stay as it is until the request is finished
    bool write;
    void (*done)(struct disk_request *request);  // called by the interrupt, without a lock; null: somebody sleeps

    // The driver's.
    bool finished;
    bool succeeded;
    struct disk_request *next;
};

uint32_t disk_block_count(void);
bool disk_transfer(uint32_t block, void *page, bool write);  // sleeps until it is done; false if it failed
void disk_submit(struct disk_request *request);              // returns at once
void disk_interrupt(void);
