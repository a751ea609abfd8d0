// Physical pages. Memory after the kernel is given out from `fresh_page` upwards; pages that come back wait in a
// list, linked through their first words. (A list of everything at boot would touch every page for nothing.)
//
//     80000000        end           fresh_page                       ram_end
//     +---------------+-------------+--------------------------------+
//     | kernel        | given out   | never used: still zeros        |
//     +---------------+-------------+--------------------------------+
//                       ^  ^ some came back: free_list

#include "kernel.h"

#include "lock.h"
#include "memory.h"

extern char end[];  // first address after the kernel, from the assembler

struct free_page {
    struct free_page *next;
};

// The lock guards all of this.
static struct spinlock page_lock = {.name = "page"};
static struct free_page *free_list;
static uint32_t fresh_page;
static uint32_t memory_end;
static uint16_t *user_counts;  // of each page of RAM: how many address spaces (or the kernel) use it

static uint16_t *user_count(const void *page) { return &user_counts[((uint32_t)page - RAM) / PAGE_SIZE]; }

void page_start(uint32_t ram_end) {
    memory_end = ram_end;
    user_counts = (uint16_t *)page_round_up((uint32_t)end);
    const uint32_t counts_size = (ram_end - RAM) / PAGE_SIZE * sizeof(uint16_t);
    fresh_page = page_round_up((uint32_t)user_counts + counts_size);
}

// The caller holds the lock.
static struct free_page *take_returned_page(void) {
    struct free_page *page = free_list;
    if (page != 0) {
        free_list = page->next;
    }
    return page;
}

static void *take_fresh_page(void) {
    if (fresh_page >= memory_end) return 0;
    void *page = (void *)fresh_page;
    fresh_page += PAGE_SIZE;
    return page;
}

static void *take_page(bool *is_fresh) {
    acquire(&page_lock);
    struct free_page *returned = take_returned_page();
    void *page = returned != 0 ? returned : take_fresh_page();
    if (page != 0) *user_count(page) = 1;
    release(&page_lock);
    *is_fresh = returned == 0;
    return page;
}

void *page_allocate(void) {
    bool is_fresh;
    void *page = take_page(&is_fresh);
    if (!is_fresh) memset(page, 0, PAGE_SIZE);
    return page;
}

void *page_allocate_unfilled(void) {
    bool is_fresh;
    return take_page(&is_fresh);
}

void page_share(void *page) {
    acquire(&page_lock);
    (*user_count(page))++;
    release(&page_lock);
}

void page_release(void *page) {
    acquire(&page_lock);
    uint16_t *count = user_count(page);
    ASSERT(*count > 0);
    if (--*count == 0) {
        struct free_page *returned = page;
        returned->next = free_list;
        free_list = returned;
    }
    release(&page_lock);
}

bool page_is_shared(const void *page) { return *user_count(page) > 1; }

