// Page tables. The lower half is a process's own; the entries of the upper half point at tables that all share, where the
// kernel sees RAM and devices at their physical addresses.
//
//     first level, 1,024 entries of 4 MiB         second level, 1,024 entries of 4 KiB
//     +-----+
//     |  0  | ----> program and heap              a page of this process
//     | ... |
//     | 511 | ----> stack                         a page of this process
//     | 512 | ----> (shared) RAM                  kernel only
//     | 960 | ----> (shared) devices              kernel only
//     +-----+

#include "kernel.h"

#include "memory.h"

// The kernel's own pages begin as accessed and dirty, so that the hardware need not write that down.
#define KERNEL_READ_ONLY (PTE_V | PTE_R | PTE_A)
#define KERNEL_CODE (KERNEL_READ_ONLY | PTE_X)
#define KERNEL_DATA (KERNEL_READ_ONLY | PTE_W | PTE_D)

#define USER_ENTRIES (USER_END >> 22)

extern char etext[], __data_start[];

static uint32_t *kernel_table;

// A table that is given back is as it was when it was new: the entries of programs are 0, and a first level knows the
// kernel's half. So some are kept, linked through their first words, and need not be filled again.
#define SPARES_MAX 16
struct spare_table {
    struct spare_table *next;
};

static struct spinlock spare_lock = {.name = "spare tables"};  // guards these; comes after memory_lock
static struct spare_table *spares[2];                          // first and second level
static uint32_t spare_count;

enum level { FIRST_LEVEL, SECOND_LEVEL };

static uint32_t *take_spare(enum level level) {
    acquire(&spare_lock);
    struct spare_table *table = spares[level];
    if (table != 0) {
        spares[level] = table->next;
        table->next = 0;
        spare_count--;
    }
    release(&spare_lock);
    return (uint32_t *)table;
}

static void give_back(uint32_t *page, enum level level) {
    acquire(&spare_lock);
    const bool keep = spare_count < SPARES_MAX;
    if (keep) {
        struct spare_table *table = (struct spare_table *)page;
        table->next = spares[level];
        spares[level] = table;
        spare_count++;
    }
    release(&spare_lock);
    if (!keep) page_release(page);
}

uint32_t page_table_spares(void) { return spare_count; }

void page_table_release_spares(void) {
    for (int level = FIRST_LEVEL; level <= SECOND_LEVEL; level++) {
        for (uint32_t *table; (table = take_spare(level)) != 0;) page_release(table);
    }
}

static uint32_t *new_table(void) {
    uint32_t *table = take_spare(SECOND_LEVEL);
    if (table != 0) return table;
    table = page_allocate();
    if (table != 0) page_becomes(table, FRAME_TABLE);
    return table;
}

uint32_t *page_table_entry(uint32_t *table, uint32_t address, bool make) {
    uint32_t *first = &table[address >> 22];
    if ((*first & PTE_V) == 0) {
        uint32_t *second_level = make ? new_table() : 0;
        if (second_level == 0) return 0;
        *first = (uint32_t)second_level | PTE_V;
    }
    uint32_t *second_level = (uint32_t *)(*first & PTE_PAGE_MASK);
    return &second_level[(address >> 12) & 0x3FF];
}

static void map_kernel(uint32_t start, uint32_t end, uint32_t bits) {
    while (start < end) {
        uint32_t *entry = page_table_entry(kernel_table, start, true);
        const uint32_t table_end = (start | 0x3FFFFF) + 1;  // consecutive entries of one second-level table
        for (; start != end && start != table_end; start += PAGE_SIZE) *entry++ = start | bits;
    }
}

void page_table_start(uint32_t ram_end) {
    kernel_table = new_table();
    const uint32_t code_end = page_round_up((uint32_t)etext);
    const uint32_t data_start = page_round_down((uint32_t)__data_start);
    map_kernel(RAM, code_end, KERNEL_CODE);
    map_kernel(code_end, data_start, KERNEL_READ_ONLY);
    map_kernel(data_start, ram_end, KERNEL_DATA);
    map_kernel(DEVICE_INTERRUPT_CONTROLLER, DEVICE_POWER + DEVICE_POWER_SIZE, KERNEL_DATA);
}

uint32_t *page_table_kernel(void) { return kernel_table; }

uint32_t *page_table_create(void) {
    uint32_t *table = take_spare(FIRST_LEVEL);
    if (table != 0) return table;
    table = page_allocate_unfilled();
    if (table == 0) return 0;
    page_becomes(table, FRAME_TABLE);
    memset(table, 0, USER_ENTRIES * sizeof(uint32_t));
    memcpy(table + USER_ENTRIES, kernel_table + USER_ENTRIES, PAGE_SIZE - USER_ENTRIES * sizeof(uint32_t));
    return table;
}

void page_table_release_part(uint32_t *table, uint32_t start, uint32_t end) {
    if (start >= end) return;
    for (uint32_t i = start >> 22; i <= (end - 1) >> 22; i++) {
        if (table[i] != 0) give_back(entry_page(table[i]), SECOND_LEVEL);
        table[i] = 0;
    }
}

void page_table_destroy(uint32_t *table) { give_back(table, FIRST_LEVEL); }
