// Address spaces: a two-level page table for each process. The lower half is the process's own; the entries of the
// upper half point at tables that all share, where the kernel sees RAM and devices at their physical addresses.
//
//     first level, 1,024 entries of 4 MiB         second level, 1,024 entries of 4 KiB
//     +-----+
//     |  0  | ----> program and heap              a page of this process
//     | ... |
//     | 511 | ----> stack                         a page of this process
//     | 512 | ----> (shared) RAM                  kernel only
//     | 960 | ----> (shared) devices              kernel only
//     +-----+
//
// fork copies on write: both processes get the same pages, marked read-only and PTE_COPY_ON_WRITE. The first store
// to one of them faults, and page_fault() makes the copy then. Pages of heap and stack come to be when they are
// first touched.

#include "kernel.h"

#include "memory.h"
#include "process.h"

#define PTE_COPY_ON_WRITE (1u << PTE_SOFTWARE_SHIFT)
#define PTE_PERMISSIONS (PTE_R | PTE_W | PTE_X | PTE_U)

// The kernel's own pages begin as accessed and dirty, so that the hardware need not write that down.
#define KERNEL_READ_ONLY (PTE_V | PTE_R | PTE_A)
#define KERNEL_CODE (KERNEL_READ_ONLY | PTE_X)
#define KERNEL_DATA (KERNEL_READ_ONLY | PTE_W | PTE_D)

extern char etext[], __data_start[];

static uint32_t *kernel_table;

// ---- walking and filling tables ----

// The second-level entry for an address; with `make`, its table is added if it is missing. Null if there is none.
static uint32_t *find_entry(uint32_t *table, uint32_t address, bool make) {
    uint32_t *first = &table[address >> 22];
    if ((*first & PTE_V) == 0) {
        uint32_t *second_level = make ? page_allocate() : 0;
        if (second_level == 0) return 0;
        *first = (uint32_t)second_level | PTE_V;
    }
    uint32_t *second_level = (uint32_t *)(*first & PTE_PAGE_MASK);
    return &second_level[(address >> 12) & 0x3FF];
}

static void *entry_page(uint32_t entry) { return (void *)(entry & PTE_PAGE_MASK); }

static void map_kernel(uint32_t start, uint32_t end, uint32_t bits) {
    while (start < end) {
        uint32_t *entry = find_entry(kernel_table, start, true);
        const uint32_t table_end = (start | 0x3FFFFF) + 1;  // consecutive entries of one second-level table
        for (; start != end && start != table_end; start += PAGE_SIZE) *entry++ = start | bits;
    }
}

void address_space_start(uint32_t ram_end) {
    kernel_table = page_allocate();
    const uint32_t code_end = page_round_up((uint32_t)etext);
    const uint32_t data_start = page_round_down((uint32_t)__data_start);
    map_kernel(RAM, code_end, KERNEL_CODE);
    map_kernel(code_end, data_start, KERNEL_READ_ONLY);
    map_kernel(data_start, ram_end, KERNEL_DATA);
    map_kernel(DEVICE_INTERRUPT_CONTROLLER, DEVICE_POWER + DEVICE_POWER_SIZE, KERNEL_DATA);
}

uint32_t *page_table_create(void) {
    uint32_t *table = page_allocate_unfilled();
    if (table == 0) return 0;
    const uint32_t user_entries = USER_END >> 22;
    memset(table, 0, user_entries * sizeof(uint32_t));
    memcpy(table + user_entries, kernel_table + user_entries, PAGE_SIZE - user_entries * sizeof(uint32_t));
    return table;
}

void *page_table_add(uint32_t *table, uint32_t address, uint32_t permissions) {
    uint32_t *entry = find_entry(table, address, true);
    if (entry == 0) return 0;
    if (*entry & PTE_V) {  // two segments of a program share a page: it gets the rights of both
        *entry |= permissions;
        return entry_page(*entry);
    }
    void *page = page_allocate();
    if (page != 0) *entry = (uint32_t)page | permissions | PTE_V | PTE_U;
    return page;
}

// Releases the pages from `start` up to `end`.
void page_table_remove(uint32_t *table, uint32_t start, uint32_t end) {
    for (uint32_t address = start; address < end; address += PAGE_SIZE) {
        uint32_t *entry = find_entry(table, address, false);
        if (entry == 0 || (*entry & PTE_V) == 0) continue;
        page_release(entry_page(*entry));
        *entry = 0;
    }
}

// The same, and the second-level tables too.
static void remove_part(uint32_t *table, uint32_t start, uint32_t end) {
    page_table_remove(table, start, end);
    for (uint32_t i = start >> 22; i <= (end - 1) >> 22; i++) {
        if (table[i] != 0) page_release(entry_page(table[i]));
        table[i] = 0;
    }
}

void page_table_destroy(uint32_t *table, uint32_t heap_end, uint32_t stack_start) {
    remove_part(table, USER_START, heap_end);
    remove_part(table, stack_start, USER_END);
    page_release(table);
}

// Writes into an address space that is not in force. The pages must be there.
int page_table_copy_out(uint32_t *table, uint32_t address, const void *from, uint32_t count) {
    while (count > 0) {
        uint32_t *entry = find_entry(table, address, false);
        if (entry == 0 || (*entry & PTE_V) == 0) return -EFAULT;
        const uint32_t offset = address % PAGE_SIZE;
        const uint32_t part = min_u32(count, PAGE_SIZE - offset);
        memcpy((char *)entry_page(*entry) + offset, from, part);
        address += part;
        from = (const char *)from + part;
        count -= part;
    }
    return 0;
}

// ---- fork ----

static int share_pages(uint32_t *child, uint32_t *parent, uint32_t start, uint32_t end) {
    for (uint32_t address = start; address < end; address += PAGE_SIZE) {
        uint32_t *entry = find_entry(parent, address, false);
        if (entry == 0 || (*entry & PTE_V) == 0) continue;
        uint32_t *copy = find_entry(child, address, true);
        if (copy == 0) return -ENOMEM;
        if (*entry & PTE_W) *entry = (*entry & ~PTE_W) | PTE_COPY_ON_WRITE;
        page_share(entry_page(*entry));
        *copy = *entry;
    }
    return 0;
}

int address_space_copy(struct process *child, struct process *parent) {
    child->page_table = page_table_create();
    if (child->page_table == 0) return -ENOMEM;
    child->heap_start = parent->heap_start;
    child->heap_end = parent->heap_end;
    child->stack_start = parent->stack_start;
    int error = share_pages(child->page_table, parent->page_table, USER_START, parent->heap_end);
    if (error == 0) error = share_pages(child->page_table, parent->page_table, parent->stack_start, USER_END);
    address_space_changed(parent);  // some of its pages have become read-only
    address_space_changed(child);
    return error;
}

// ---- in force ----

static void flush_translations(void) { __asm__ volatile("tlbflush" : : : "memory"); }

void address_space_load_kernel(void) {
    WRITE_CONTROL(ptbr, (uint32_t)kernel_table | PTBR_ENABLE);
}

// Translations are tagged with the number of the process's slot, so those of several processes live side by side in
// the TLB. They are stale if the slot has another address space, or a changed one, since this CPU saw it last.
void address_space_load(struct process *p) {
    const uint32_t slot = p->slot;
    struct cpu *cpu = this_cpu();
    WRITE_CONTROL(ptbr, (uint32_t)p->page_table | (slot + 1) << PTBR_ASID_SHIFT | PTBR_ENABLE);
    if (cpu->spaces_seen[slot] == p->space) return;
    cpu->spaces_seen[slot] = p->space;
    flush_translations();
}

static uint32_t next_space(void) {
    static uint32_t spaces;
    uint32_t previous;
    __asm__ volatile("amoadd.w %0, %1, (%2)" : "=&r"(previous) : "r"(1), "r"(&spaces) : "memory");
    return previous + 1;
}

void address_space_changed(struct process *p) {
    interrupts_push_off();
    p->space = next_space();
    if (p == current_process()) address_space_load(p);
    interrupts_pop_off();
}

// One page of the current process has changed. This CPU forgets that page; other CPUs, where the process may have
// run and may run again, will forget everything.
static void page_changed(struct process *p, uint32_t address) {
    interrupts_push_off();
    p->space = next_space();
    this_cpu()->spaces_seen[p->slot] = p->space;
    __asm__ volatile("tlbflush.page %0" : : "r"(address) : "memory");
    interrupts_pop_off();
}

// ---- faults ----

static bool entry_allows(uint32_t entry, enum access access) {
    static const uint32_t needed[] = {
        [ACCESS_READ] = PTE_V | PTE_U | PTE_R,
        [ACCESS_WRITE] = PTE_V | PTE_U | PTE_W,
        [ACCESS_EXECUTE] = PTE_V | PTE_U | PTE_X,
    };
    return (entry & needed[access]) == needed[access];
}

static int copy_on_write(uint32_t *entry) {
    void *old = entry_page(*entry);
    const uint32_t bits = (*entry & PTE_PERMISSIONS) | PTE_V | PTE_W;
    if (!page_is_shared(old)) {  // the others have made their copies already: keep this one
        *entry = (uint32_t)old | bits;
        return 0;
    }
    void *copy = page_allocate_unfilled();
    if (copy == 0) return -ENOMEM;
    memcpy(copy, old, PAGE_SIZE);
    *entry = (uint32_t)copy | bits;
    page_release(old);
    return 0;
}

// A page of heap or stack that nobody has touched yet.
static int first_touch(struct process *p, uint32_t address) {
    const bool in_heap = address >= p->heap_start && address < p->heap_end;
    const bool in_stack = address >= USER_END - USER_STACK_MAX && address < USER_END;
    if (!in_heap && !in_stack) return -EFAULT;
    if (page_table_add(p->page_table, address, PTE_R | PTE_W) == 0) return -ENOMEM;
    if (in_stack) p->stack_start = min_u32(p->stack_start, page_round_down(address));
    return 0;
}

int page_fault(struct process *p, uint32_t address, enum access access) {
    if (address >= USER_END) return -EFAULT;
    uint32_t *entry = find_entry(p->page_table, address, false);
    int error = 0;
    if (entry == 0 || (*entry & PTE_V) == 0) {
        error = access == ACCESS_EXECUTE ? -EFAULT : first_touch(p, address);
    } else if (access == ACCESS_WRITE && (*entry & PTE_COPY_ON_WRITE)) {
        error = copy_on_write(entry);
    } else if (!entry_allows(*entry, access)) {
        error = -EFAULT;
    }
    if (error == 0) page_changed(p, address);
    return error;
}

// ---- pointers from user mode ----

int user_check(uint32_t address, uint32_t count, enum access access) {
    if (count == 0) return 0;
    if (address >= USER_END || count > USER_END - address) return -EFAULT;
    struct process *p = current_process();
    const uint32_t end = address + count;
    for (address = page_round_down(address); address < end; address += PAGE_SIZE) {
        const uint32_t *entry = find_entry(p->page_table, address, false);
        if (entry != 0 && entry_allows(*entry, access)) continue;
        const int error = page_fault(p, address, access);
        if (error < 0) return error;
    }
    return 0;
}

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

bool user_executes(uint32_t pc, const uint32_t *instruction) {
    if (pc >= USER_END || pc % sizeof(uint32_t) != 0) return false;
    const uint32_t *entry = find_entry(current_process()->page_table, pc, false);
    return entry != 0 && entry_allows(*entry, ACCESS_EXECUTE) && *(const uint32_t *)pc == *instruction;
}

int user_put_word(uint32_t address, uint32_t value) {
    if (address % sizeof(uint32_t) != 0 || user_check(address, sizeof(uint32_t), ACCESS_WRITE) < 0) return -EFAULT;
    *(uint32_t *)address = value;
    return 0;
}
