// Pointers that come from programs. What they point at is checked by the rules of a page fault before the kernel uses it, and
// is pinned: those pages stay in memory, and as writable as they were, until the system call is over, even if the process
// sleeps in between. Pinning comes before looking at the entry: see hide() in swap.c.

#include "kernel.h"

#include "memory.h"
#include "process.h"

// Remembers the range; a further part of the last one is added to that. There is room for the last PINS_MAX: no system
// call uses more at a time.
static void pin(struct process *p, uint32_t start, uint32_t end) {
    struct pin *last = &p->pins[(p->pin_count - 1) % PINS_MAX];
    if (p->pin_count != 0 && last->end >= start && last->start <= start) {
        if (end > last->end) last->end = end;
        return;
    }
    p->pins[p->pin_count++ % PINS_MAX] = (struct pin){start, end};
}

static bool pins(const struct process *p, uint32_t address) {
    for (uint32_t i = 0; i < p->pin_count && i < PINS_MAX; i++) {
        if (p->pins[i].start < address + PAGE_SIZE && p->pins[i].end > address) return true;
    }
    return false;
}

bool user_page_is_pinned(const struct frame *frame) {
    for (const struct process *p = process_table; p < process_table_end; p++) {
        if (p->pin_count == 0 || p->space == 0) continue;
        if ((p->space == frame->owner || frame->users > 1) && pins(p, frame->address)) return true;
    }
    return false;
}

int user_check(uint32_t address, uint32_t count, enum access access) {
    if (count == 0) return 0;
    if (address >= USER_END || count > USER_END - address) return -EFAULT;
    struct process *p = current_thread();
    const uint32_t end = address + count;
    pin(p, address, end);
    if (p->space->being_copied) {  // fork may have looked at the pins before: what it has made read-only shows afterwards
        sleep_lock_acquire(&memory_lock);
        sleep_lock_release(&memory_lock);
    }
    for (address = page_round_down(address); address < end; address += PAGE_SIZE) {
        for (;;) {
            const uint32_t *entry = page_table_entry(p->space->page_table, address, false);
            if (entry != 0 && entry_allows(*entry, access)) break;
            const int error = page_fault(p, address, access);
            if (error < 0) return error;
        }
    }
    return 0;
}

void user_forget_checked(void) { current_thread()->pin_count = 0; }

int user_string(char *to, uint32_t address, uint32_t size) {
    for (uint32_t i = 0; i < size; i++, address++) {
        if (i == 0 || address % PAGE_SIZE == 0) {
            if (user_check(address, 1, ACCESS_READ) < 0) return -EFAULT;
        }
        to[i] = *(const char *)address;
        if (to[i] == 0) return 0;
    }
    return -ENAMETOOLONG;
}

int user_word(uint32_t *to, uint32_t address) {
    if (address % sizeof(uint32_t) != 0 || user_check(address, sizeof(uint32_t), ACCESS_READ) < 0) return -EFAULT;
    *to = *(const uint32_t *)address;
    return 0;
}

int user_put_word(uint32_t address, uint32_t value) {
    if (address % sizeof(uint32_t) != 0 || user_check(address, sizeof(uint32_t), ACCESS_WRITE) < 0) return -EFAULT;
    *(uint32_t *)address = value;
    return 0;
}

bool user_executes(uint32_t pc, const uint32_t *instruction) {
    if (pc >= USER_END || pc % sizeof(uint32_t) != 0) return false;
    const uint32_t *entry = page_table_entry(current_thread()->space->page_table, pc, false);
    return entry != 0 && entry_allows(*entry, ACCESS_EXECUTE) && *(const uint32_t *)pc == *instruction;
}
