// Blocks of the disk in memory, and the lock of the file system.

#include "kernel.h"

#include "file_system.h"
#include "lock.h"
#include "memory.h"

#define CACHE_BLOCKS 64

struct cached_block {
    uint32_t number;
    bool changed;  // the disk does not know yet
    void *data;    // a page, made when the entry is first used
    struct cached_block *next;
};

static struct sleep_lock file_system_lock = {.wait_reason = "waiting for the file system"};

// The file system's lock guards these.
static struct cached_block cache[CACHE_BLOCKS];
static uint32_t cache_used;              // entries of the array that are in the list
static struct cached_block *most_recent;  // all entries, by when they were last asked for
static uint32_t changed_count;

// ---- the bracket ----

void file_system_begin(void) { sleep_lock_acquire(&file_system_lock); }

static bool write_back(struct cached_block *block) {
    block->changed = false;
    changed_count--;
    return disk_transfer(block->number, block->data, true);
}

void file_system_write_changes(void) {
    for (struct cached_block *block = most_recent; block != 0 && changed_count > 0; block = block->next) {
        if (block->changed && !write_back(block)) kprintf("disk: block %u could not be written\n", block->number);
    }
}

void file_system_end(void) {
    file_system_write_changes();
    sleep_lock_release(&file_system_lock);
}

// ---- the cache ----

// While the array has room and memory has pages, the cache grows.
static struct cached_block *add_entry(void) {
    if (cache_used == CACHE_BLOCKS) return 0;
    struct cached_block *block = &cache[cache_used];
    block->data = page_allocate();
    if (block->data == 0) return 0;
    cache_used++;
    return block;
}

// Finds the entry, or a new one, or the least recently used, and puts it at the front of the list.
static struct cached_block *find_or_replace(uint32_t number) {
    struct cached_block **link = &most_recent;
    while (*link != 0 && (*link)->number != number && (*link)->next != 0) link = &(*link)->next;
    const bool found = *link != 0 && (*link)->number == number;
    struct cached_block *block = found ? 0 : add_entry();
    if (block == 0) {
        block = *link;
        if (block == 0) return 0;
        *link = block->next;
    }
    block->next = most_recent;
    most_recent = block;
    return block;
}

// Number 0 is the super block, which mounting has copied; so 0 may stand for "holds nothing".
static void *cached(uint32_t number, bool read) {
    ASSERT(sleep_lock_holding(&file_system_lock));
    struct cached_block *block = find_or_replace(number);
    if (block == 0) return 0;
    if (block->number == number && number != 0) return block->data;
    if (block->changed && !write_back(block)) return 0;
    block->number = number;
    if (!read || disk_transfer(number, block->data, false)) return block->data;
    block->number = 0;
    return 0;
}

void *block_read(uint32_t number) { return cached(number, true); }

void *block_zero(uint32_t number) {
    void *data = cached(number, false);
    if (data == 0) return 0;
    memset(data, 0, BLOCK_SIZE);
    block_changed(number);
    return data;
}

// `number` has just been asked for, so it is at the front.
void block_changed(uint32_t number) {
    ASSERT(most_recent->number == number);
    if (!most_recent->changed) changed_count++;
    most_recent->changed = true;
}
