// Frames: the pages of RAM. Memory after the kernel is given out from `fresh_page` upwards; pages that come back wait in
// a list, linked through their first words. (A list of everything at boot would touch every page for nothing.)
//
//     80000000        end      __    fresh_page                       ram_end
//     +---------------+--------+-----+--------------------------------+
//     | kernel        | frames | out | never used: still zeros        |
//     +---------------+--------+-----+--------------------------------+
//                                ^  ^ some came back: free_list

#include "kernel.h"

#include "lock.h"
#include "memory.h"

extern char end[];  // first address after the kernel, from the assembler

struct free_page {
    struct free_page *next;
};

struct frame *frames;
uint32_t frame_count;
struct memory_status memory_counts;

// The lock guards all of this.
static struct spinlock page_lock = {.name = "page"};
static struct free_page *free_list;
static uint32_t fresh_page;
static uint32_t memory_end;
static uint32_t free_count;
static uint32_t user_count;  // frames with pages of programs

void page_start(uint32_t ram_end) {
    memory_end = ram_end;
    frames = (struct frame *)page_round_up((uint32_t)end);
    frame_count = (ram_end - RAM) / PAGE_SIZE;
    fresh_page = page_round_up((uint32_t)(frames + frame_count));
    free_count = (ram_end - fresh_page) / PAGE_SIZE;
    for (uint32_t i = 0; i < (fresh_page - RAM) / PAGE_SIZE; i++) frames[i] = (struct frame){.users = 1, .kind = FRAME_KERNEL};
}

// The caller holds the lock.
static struct free_page *take_returned_page(void) {
    struct free_page *page = free_list;
    if (page != 0) free_list = page->next;
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
    if (page != 0) {
        struct frame *frame = page_frame(page);
        frame->users = 1;
        frame->kind = FRAME_KERNEL;
        free_count--;
    }
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

void page_becomes(void *page, enum frame_kind kind) {
    acquire(&page_lock);
    struct frame *frame = page_frame(page);
    user_count += (uint32_t)(kind == FRAME_USER) - (uint32_t)(frame->kind == FRAME_USER);
    frame->kind = (uint8_t)kind;
    release(&page_lock);
}

static uint32_t add_users(struct frame *frame, int change) {
    uint32_t before;
    __asm__ volatile("amoadd.w %0, %1, (%2)" : "=&r"(before) : "r"(change), "r"(&frame->users) : "memory");
    return before;
}

void page_share(void *page) { add_users(page_frame(page), 1); }

static void give_back(struct frame *frame) {
    acquire(&page_lock);
    if (frame->kind == FRAME_USER) user_count--;
    frame->kind = FRAME_FREE;
    struct free_page *returned = frame_page(frame);
    returned->next = free_list;
    free_list = returned;
    free_count++;
    release(&page_lock);
}

void page_release(void *page) {
    struct frame *frame = page_frame(page);
    const uint32_t before = add_users(frame, -1);
    ASSERT(before > 0);
    if (before == 1) give_back(frame);
}

bool page_is_shared(const void *page) { return page_frame(page)->users > 1; }

uint32_t page_free_count(void) { return free_count; }

uint32_t page_user_count(void) { return user_count; }
