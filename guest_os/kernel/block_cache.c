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
static uint32_t cache_used;  // entries of the array that have a page and are in the list
static struct block *most_recent;

static bool grow(void) {
    struct block *block = &cache[cache_used];
    if (cache_used == CACHE_BLOCKS || (block->data = page_allocate_unfilled()) == 0) return false;
    cache_used++;
    block->next = most_recent;
    most_recent = block;
    return true;
}

bool block_cache_holds(uint32_t count) {
    while (cache_used < count && grow()) {
    }
    return cache_used >= count;
}

static bool is_free(const struct block *block) {
    return block->references == 0 && !block->changed && block->writing == 0;
}

// Where the block is in the list, or a new one, or the least recently used one that is free.
static struct block **find_or_replace(uint32_t number) {
    struct block **replaced = 0;
    for (struct block **link = &most_recent; *link != 0; link = &(*link)->next) {
        if ((*link)->number == number) return link;
        if (is_free(*link)) replaced = link;
    }
    if (grow()) return &most_recent;
    ASSERT(replaced != 0);
    return replaced;
}

static struct block *move_to_front(struct block **place) {
    struct block *block = *place;
    *place = block->next;
    block->next = most_recent;
    most_recent = block;
    return block;
}

// Number 0 is the super block, which only mounting reads; so 0 may stand for "holds nothing".
static struct block *get(uint32_t number, bool read) {
    ASSERT(file_system_is_mine());
    struct block *block = move_to_front(find_or_replace(number));
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
