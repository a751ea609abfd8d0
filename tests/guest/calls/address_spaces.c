// Memory: heap, mappings, what is told of them, and pages that leave and come back.

#include <string.h>
#include <sys/mman.h>

#include "check.h"

#define PAGE 4096
#define READ_WRITE (PROT_READ | PROT_WRITE)
#define PRIVATE (MAP_PRIVATE | MAP_ANONYMOUS)

static void heap(void) {
    char *start = sbrk(0);
    CHECK(sbrk(3 * PAGE) == start && start[0] == 0 && start[3 * PAGE - 1] == 0);
    memset(start, 'h', 3 * PAGE);
    CHECK(sbrk(-3 * PAGE) == start + 3 * PAGE && sbrk(0) == start);
    CHECK(sbrk(PAGE) == start && start[0] == 0);  // not what was there
    CHECK(sbrk(-PAGE) == start + PAGE);
    errno = 0;
    CHECK(sbrk(0x7FFFFFFF) == (void *)-1 && errno == ENOMEM);
    CHECK(sbrk(-0x7FFFFFFF) == (void *)-1);
}

static char *mapping;

static int store(void) { return mapping[0] = 1; }
static int load(void) { return mapping[0] - 'm'; }

static void mappings(void) {
    mapping = mmap(NULL, 4 * PAGE, READ_WRITE, PRIVATE, -1, 0);
    CHECK(mapping != MAP_FAILED && mapping[4 * PAGE - 1] == 0);
    memset(mapping, 'm', 4 * PAGE);
    CHECK(mprotect(mapping, PAGE, PROT_READ) == 0 && in_child(load) == 0 && in_child(store) == 128 + 11);
    CHECK(mprotect(mapping, PAGE, READ_WRITE) == 0 && in_child(store) == 1 && mapping[0] == 'm');
    CHECK(munmap(mapping, PAGE) == 0 && in_child(load) == 128 + 11);
    CHECK(mapping[PAGE] == 'm' && munmap(mapping + PAGE, 3 * PAGE) == 0);
    CHECK(FAILS(munmap(mapping + 1, PAGE), EINVAL) && FAILS(mprotect(mapping, PAGE, PROT_READ), ENOMEM));
}

// Of ten pages two may stay; all keep what was written to them.
static void few_frames(void) {
    struct memory_status before, after;
    char *pages = mmap(NULL, 10 * PAGE, READ_WRITE, PRIVATE, -1, 0);
    memory_status(&before);
    CHECK(memory_limit(pages, 2) == 0 && FAILS(memory_limit((void *)0x40000000, 2), EINVAL));
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 10; i++) pages[i * PAGE] = (char)(pages[i * PAGE] + i + round);
    }
    for (int i = 0; i < 10; i++) CHECK(pages[i * PAGE] == 2 * i + 1);
    memory_status(&after);
    CHECK(after.swap_outs > before.swap_outs && after.swap_ins > before.swap_ins);
    CHECK(munmap(pages, 10 * PAGE) == 0);
    memory_status(&after);
    CHECK(after.free_swap_slots >= before.free_swap_slots);
}

static void settings(void) {
    struct memory_settings old, set;
    CHECK(memory_settings(NULL, &old) == 0);
    for (unsigned replacement = 0; replacement < REPLACEMENT_COUNT; replacement++) {
        set = old;
        set.replacement = replacement;
        CHECK(memory_settings(&set, NULL) == 0);
        few_frames();
    }
    set.replacement = REPLACEMENT_COUNT;
    CHECK(FAILS(memory_settings(&set, NULL), EINVAL));
    CHECK(memory_settings(&old, &set) == 0 && set.replacement == REPLACEMENT_COUNT - 1);
}

int main(void) {
    heap();
    mappings();
    few_frames();
    settings();
    return report();
}
