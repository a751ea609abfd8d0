// Blocks of the disk in memory. Whoever needs one takes a reference, and gives it back; of those that nobody refers to,
// the one that was used longest ago makes room for another.
//
//     most recent --> [ 17 ] --> [ 903, changed ] --> [ 4 ] --> ... --> least recent
//
// A changed block stays until the journal has written it: see journal.c.

#include "kernel.h"

#include "file_system.h"
#include "memory.h"

#define CACHE_BLOCKS 128

_Static_assert(CACHE_BLOCKS >= 2 * (JOURNAL_DEFAULT - 1) + 16, "two changes and what an operation looks at");

// The file system's lock guards these.
static struct block cache[CACHE_BLOCKS];
static struct block *most_recent;

// Their pages are never given back, so that no operation can fail half-way for want of memory.
void block_cache_start(void) {
    for (struct block *block = cache; block < cache + CACHE_BLOCKS; block++) {
        block->data = page_allocate_unfilled();
        if (block->data == 0) panic("there is too little memory for the block cache");
        block->next = most_recent;
        most_recent = block;
    }
}

static bool is_free(const struct block *block) {
    return block->references == 0 && !block->changed && block->writing == 0;
}

// Finds the block, or the least recently used one that is free, and puts it at the front of the list.
static struct block *find_or_replace(uint32_t number) {
    struct block **place = 0;
    struct block **link = &most_recent;
    for (; *link != 0 && (*link)->number != number; link = &(*link)->next) {
        if (is_free(*link)) place = link;
    }
    if (*link != 0) place = link;
    ASSERT(place != 0);
    struct block *block = *place;
    *place = block->next;
    block->next = most_recent;
    most_recent = block;
    return block;
}

// Number 0 is the super block, which only mounting reads; so 0 may stand for "holds nothing".
static struct block *get(uint32_t number, bool read) {
    ASSERT(file_system_is_mine());
    struct block *block = find_or_replace(number);
    block->references++;
    if (block->number == number && number != 0) return block;
    block->number = number;
    if (!read || disk_transfer(number, block->data, false)) return block;
    kprintf("disk: block %u cannot be read\n", number);
    block->number = 0;
    block_put(block);
    return 0;
}

struct block *block_get(uint32_t number) { return get(number, true); }

struct block *block_get_zeroed(uint32_t number) {
    struct block *block = get(number, false);
    memset(block_change(block), 0, BLOCK_SIZE);
    return block;
}

void block_put(struct block *block) {
    ASSERT(block->references > 0);
    block->references--;
}
