// The heap: a list of free blocks in order of address, as in Kernighan and Ritchie, section 8.7.
//
//   | header | user's bytes ... | header | user's bytes ... |
//      |                           ^
//      +--- next free block -------+
//
// malloc takes the first free block that is large enough and cuts its tail off; free puts the block back in its place
// and joins it with the neighbours that it touches.

#include "thread.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct header {
    size_t units;         // of the whole block, header included
    struct header *next;  // the next free block, while this one is free
};
_Static_assert(sizeof(struct header) == 8, "a header must keep what follows aligned to 8 bytes");

enum { LEAST_GROWTH_UNITS = 2048 };  // ask the kernel for 16 KiB or more at a time

static struct header empty = {0, &empty};   // the list is a ring through this empty block
static struct header *before = &empty;      // where the last search ended and the next one begins

struct __lock __heap_lock;

static struct header *end_of(struct header *block) { return block + block->units; }

void free(void *pointer) {
    if (pointer == NULL) return;
    HOLD(&__heap_lock);
    struct header *block = (struct header *)pointer - 1;
    struct header *left = before;
    while (!(left < block && block < left->next)) {
        if (left >= left->next && (block > left || block < left->next)) break;  // at one end of the ring
        left = left->next;
    }
    struct header *const right = left->next;
    block->next = right;
    if (end_of(block) == right) {
        block->units += right->units;
        block->next = right->next;
    }
    left->next = block;
    if (end_of(left) == block) {
        left->units += block->units;
        left->next = block->next;
    }
    before = left;
}

static bool grow(size_t units) {
    if (units < LEAST_GROWTH_UNITS) units = LEAST_GROWTH_UNITS;
    const uintptr_t misaligned = (uintptr_t)sbrk(0) % sizeof(struct header);
    if (misaligned != 0) sbrk((int)(sizeof(struct header) - misaligned));
    struct header *block = sbrk((int)(units * sizeof *block));
    if (block == (void *)-1) return false;
    block->units = units;
    free(block + 1);
    return true;
}

void *malloc(size_t size) {
    if (size > INT32_MAX) {
        errno = ENOMEM;
        return NULL;
    }
    HOLD(&__heap_lock);
    const size_t units = (size + sizeof(struct header) - 1) / sizeof(struct header) + 1;
    struct header *const start = before;
    for (struct header *previous = start;; previous = previous->next) {
        struct header *block = previous->next;
        if (block->units >= units) {
            before = previous;
            if (block->units == units) {
                previous->next = block->next;
            } else {
                block->units -= units;
                block = end_of(block);
                block->units = units;
            }
            return block + 1;
        }
        if (block == start) {  // once around
            if (!grow(units)) {
                errno = ENOMEM;
                return NULL;
            }
            return malloc(size);
        }
    }
}

void *calloc(size_t count, size_t size) {
    if (size != 0 && count > INT32_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    void *block = malloc(count * size);
    if (block != NULL) memset(block, 0, count * size);
    return block;
}

void *realloc(void *pointer, size_t size) {
    if (pointer == NULL) return malloc(size);
    const size_t old_size = (((struct header *)pointer - 1)->units - 1) * sizeof(struct header);
    if (size <= old_size && size > old_size / 2) return pointer;
    void *moved = malloc(size);
    if (moved == NULL) return size <= old_size ? pointer : NULL;
    memcpy(moved, pointer, size < old_size ? size : old_size);
    free(pointer);
    return moved;
}

void *reallocarray(void *pointer, size_t count, size_t size) {
    if (size != 0 && count > INT32_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(pointer, count * size);
}

// Cuts a block in two where the alignment wants its second part to begin, and frees the first.
void *aligned_alloc(size_t alignment, size_t size) {
    if (alignment <= sizeof(struct header)) return malloc(size);
    char *pointer = malloc(size + alignment + sizeof(struct header));
    if (pointer == NULL || (uintptr_t)pointer % alignment == 0) return pointer;
    struct header *const block = (struct header *)pointer - 1;
    const uintptr_t at = ((uintptr_t)pointer + sizeof(struct header) + alignment - 1) / alignment * alignment;
    struct header *const second = (struct header *)at - 1;
    second->units = (size_t)(end_of(block) - second);
    block->units = (size_t)(second - block);
    free(pointer);
    return (void *)at;
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) return EINVAL;
    void *made = aligned_alloc(alignment, size);
    if (made == NULL) return ENOMEM;
    *block = made;
    return 0;
}
