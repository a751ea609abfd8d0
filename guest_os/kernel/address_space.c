// Address spaces: made by fork and exec, dropped when the last process that has one ends, put in force by a switch.
//
// fork copies on write: both processes get the same pages, marked read-only and PTE_COPY_ON_WRITE. The first store to one
// of them faults, and page_fault() makes the copy then.

#include "kernel.h"

#include "file_system.h"
#include "memory.h"
#include "process.h"
#include "trap.h"

struct address_space address_spaces[SPACE_COUNT];
struct sleep_lock memory_lock = {.wait_reason = "waiting for the memory lock"};

static struct spinlock space_lock = {.name = "address spaces"};

// ---- making and dropping ----

static uint32_t next_generation(void) {
    static uint32_t generations;
    uint32_t previous;
    __asm__ volatile("amoadd.w %0, %1, (%2)" : "=&r"(previous) : "r"(1), "r"(&generations) : "memory");
    return previous + 1;
}

static struct address_space *take_slot(void) {
    acquire(&space_lock);
    struct address_space *space = address_spaces;
    while (space < address_spaces + SPACE_COUNT && space->users != 0) space++;
    ASSERT(space < address_spaces + SPACE_COUNT);  // two for each process, at most
    memset(space, 0, offsetof(struct address_space, regions));
    space->users = 1;
    space->generation = next_generation();
    release(&space_lock);
    return space;
}

// Programs are read from their files page by page: until then nobody may change these.
bool inode_is_running(const struct inode *inode) {
    for (const struct address_space *space = address_spaces; space < address_spaces + SPACE_COUNT; space++) {
        if (space->users != 0 && space->program == inode) return true;
    }
    return false;
}

struct address_space *address_space_create(void) {
    uint32_t *table = page_table_create();
    if (table == 0) return 0;
    struct address_space *space = take_slot();
    space->page_table = table;
    space->heap_start = space->heap_end = USER_START;
    space->stack_start = USER_END;
    space->stack_most = USER_STACK_MAX;
    return space;
}

struct address_space *address_space_share(struct address_space *space) {
    acquire(&space_lock);
    space->users++;
    release(&space_lock);
    return space;
}

// Whatever an entry holds, it does so no more.
static void drop_entry(struct address_space *space, uint32_t *entry) {
    if (entry_is_swapped(*entry)) {
        swap_slot_release(entry_slot(*entry));
        space->swapped--;
    } else {
        void *page = entry_page(*entry);
        struct frame *frame = page_frame(page);
        if (frame->users == 1) {
            resident_remove(frame);
        } else if (frame->owner == space) {
            frame->owner = 0;  // one of the others: resident_owner() finds it
        }
        page_release(page);
        space->resident--;
    }
    *entry = 0;
}

// Other threads run with this space, maybe: before its pages go to somebody else, no translation buffer may know them.
static void make_unreachable(struct address_space *space, uint32_t start, uint32_t end) {
    for (uint32_t address = start; address < end; address += PAGE_SIZE) {
        uint32_t *entry = page_table_entry(space->page_table, address, false);
        if (entry != 0) entry_clear(entry, PTE_V);
    }
    address_space_changed(space);
}

void address_space_drop_pages(struct address_space *space, uint32_t start, uint32_t end) {
    if (space->users > 1) make_unreachable(space, start, end);
    for (uint32_t address = start; address < end;) {
        uint32_t *entry = page_table_entry(space->page_table, address, false);
        const uint32_t table_end = (address | 0x3FFFFF) + 1;
        const uint32_t part_end = end < table_end ? end : table_end;
        if (entry == 0) address = part_end;
        for (; address < part_end; address += PAGE_SIZE, entry++) {
            if (*entry != 0) drop_entry(space, entry);
        }
    }
}

static void drop_part(struct address_space *space, uint32_t start, uint32_t end, int pass) {
    if (pass == 0) {
        address_space_drop_pages(space, start, end);
    } else {
        page_table_release_part(space->page_table, start, end);
    }
}

void address_space_release(struct address_space *space) {
    acquire(&space_lock);
    const bool last = space->users == 1;
    if (!last) space->users--;
    release(&space_lock);
    if (!last) return;

    sleep_lock_acquire(&memory_lock);
    for (int pass = 0; pass < 2; pass++) {  // pages, then tables: a table may serve several parts
        for (struct region *r = space->regions; r < space->regions + space->region_slots; r++) {
            if (r->start != r->end) drop_part(space, r->start, r->end, pass);
        }
        drop_part(space, space->heap_start, page_round_up(space->heap_end), pass);
        drop_part(space, space->stack_start, USER_END, pass);
    }
    if (space->is_scattered) page_table_release_part(space->page_table, 0, USER_END);
    ASSERT(space->resident == 0 && space->swapped == 0);
    page_table_destroy(space->page_table);
    space->page_table = 0;
    struct inode *program = space->program;
    space->users = 0;
    sleep_lock_release(&memory_lock);
    if (program == 0) return;
    file_system_begin();
    inode_put(program);
    file_system_end();
}

// ---- fork ----

// A page that the kernel is just using for another thread of the parent: it must not become read-only.
static int copy_now(struct address_space *child, uint32_t *copy, uint32_t entry, uint32_t address) {
    void *page = swap_page_allocate(0, child);
    if (page == 0) return -ENOMEM;
    memcpy(page, entry_page(entry), PAGE_SIZE);
    uint32_t bits = entry & PTE_PERMISSIONS;
    if (entry & PTE_COPY_ON_WRITE) bits |= PTE_W;
    *copy = (uint32_t)page | bits | PTE_V;
    resident_add(page_frame(page), child, address);
    page_frame(page)->modified = true;
    child->resident++;
    return 0;
}

// `as_they_are`: not copied on write.
static int share_pages(struct address_space *child, struct address_space *parent, uint32_t start, uint32_t end,
                       bool as_they_are) {
    for (uint32_t address = start; address < end;) {
        uint32_t *entry = page_table_entry(parent->page_table, address, false);
        const uint32_t table_end = (address | 0x3FFFFF) + 1;
        const uint32_t part_end = end < table_end ? end : table_end;
        if (entry == 0) {
            address = part_end;
            continue;
        }
        uint32_t *copy = page_table_entry(child->page_table, address, true);
        if (copy == 0) return -ENOMEM;
        for (; address < part_end; address += PAGE_SIZE, entry++, copy++) {
            if (*entry == 0 || *copy != 0) continue;  // or a page of two regions, which is there already
            if (parent->users > 1 && !as_they_are && (*entry & PTE_V) && user_page_is_pinned(page_frame(entry_page(*entry)))) {
                const int error = copy_now(child, copy, *entry, address);
                if (error < 0) return error;
                continue;
            }
            if (*entry & PTE_W && !as_they_are) {
                entry_set(entry, PTE_COPY_ON_WRITE);
                entry_clear(entry, PTE_W);
            }
            *copy = *entry;
            if (entry_is_swapped(*entry)) {
                swap_slot_share(entry_slot(*entry));
                child->swapped++;
            } else {
                page_share(entry_page(*entry));
                child->resident++;
            }
        }
    }
    return 0;
}

static int share_all(struct address_space *child, struct address_space *parent) {
    for (const struct region *r = parent->regions; r < parent->regions + parent->region_slots; r++) {
        if (r->start == r->end) continue;
        child->regions[child->region_slots++] = *r;
        const int error = share_pages(child, parent, r->start, r->end, r->is_shared);
        if (error < 0) return error;
    }
    child->heap_start = parent->heap_start;
    child->heap_end = parent->heap_end;
    const int error = share_pages(child, parent, parent->heap_start, page_round_up(parent->heap_end), false);
    if (error < 0) return error;
    child->stack_start = parent->stack_start;
    child->stack_most = parent->stack_most;
    child->arguments_start = parent->arguments_start;
    child->arguments_end = parent->arguments_end;
    return share_pages(child, parent, parent->stack_start, USER_END, false);
}

struct address_space *address_space_copy(struct address_space *parent) {
    if (!swap_make_reserve()) return 0;
    struct address_space *child = address_space_create();
    if (child == 0) return 0;
    sleep_lock_acquire(&memory_lock);
    parent->being_copied = true;
    const int error = share_all(child, parent);
    if (parent->program != 0) child->program = inode_share(parent->program);
    address_space_changed(parent);  // some of its pages have become read-only: before anybody copies one, all must know
    parent->being_copied = false;
    sleep_lock_release(&memory_lock);
    if (error == 0) return child;
    address_space_release(child);
    return 0;
}

// ---- in force ----

static void flush_translations(void) { __asm__ volatile("tlbflush" : : : "memory"); }

void address_space_load_kernel(void) {
    WRITE_CONTROL(ptbr, (uint32_t)page_table_kernel() | PTBR_ENABLE);
}

// Translations are tagged with the number of the space, so those of several live side by side in the buffers. They are
// stale if the slot has another address space, or a changed one, since this CPU saw it last.
void address_space_load(struct address_space *space) {
    const uint32_t number = (uint32_t)(space - address_spaces);
    struct cpu *cpu = this_cpu();
    WRITE_CONTROL(ptbr, (uint32_t)space->page_table | (number + 1) << PTBR_ASID_SHIFT | PTBR_ENABLE);
    if (cpu->spaces_seen[number] == space->generation) return;
    cpu->spaces_seen[number] = space->generation;
    flush_translations();
}

static bool is_in_force_here(const struct address_space *space) {
    const struct process *p = this_cpu()->process;
    return p != 0 && p->space == space;
}

// ---- on other CPUs ----

// From the interrupt that tell_other_cpus() sends.
void address_space_check(void) {
    const struct process *p = this_cpu()->process;
    if (p != 0 && p->space != 0) address_space_load(p->space);
}

static bool knows_too_much(const struct cpu *cpu, const struct address_space *space) {
    const struct process *p = *(struct process *const volatile *)&cpu->process;
    if (p == 0 || *(struct address_space *const volatile *)&p->space != space) return false;
    return *(const volatile uint32_t *)&cpu->spaces_seen[space - address_spaces] != space->generation;
}

// Returns when no other CPU that runs a thread with this space uses an old translation. Two CPUs may be here at the same
// time, each waiting for the other, with interrupts off: so each looks after itself as well. No spinlock is held: one of
// them could wait for it.
static void tell_other_cpus(struct address_space *space) {
    if (space->users == 1 && is_in_force_here(space)) return;
    for (struct cpu *cpu = cpus; cpu < cpus + CPU_MAX; cpu++) {
        if (cpu == this_cpu() || !knows_too_much(cpu, space)) continue;
        interrupt_cpus(1u << cpu->number);
        while (knows_too_much(cpu, space)) address_space_check();
    }
}

void address_space_changed(struct address_space *space) {
    interrupts_push_off();
    space->generation = next_generation();
    if (is_in_force_here(space)) address_space_load(space);
    tell_other_cpus(space);
    interrupts_pop_off();
}

// One page has changed. This CPU forgets that page; other CPUs, where the process may have run and may run again, will
// forget everything.
void address_space_page_changed(struct address_space *space, uint32_t address) {
    interrupts_push_off();
    space->generation = next_generation();
    if (is_in_force_here(space)) {
        this_cpu()->spaces_seen[space - address_spaces] = space->generation;
        __asm__ volatile("tlbflush.page %0" : : "r"(address) : "memory");
    }
    tell_other_cpus(space);
    interrupts_pop_off();
}
