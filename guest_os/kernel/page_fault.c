// Page faults: a page is wanted that is not there, or not writable yet.
//
//     entry of the page table                  what happens
//     0, in a region with data in the file     it is read from there (or all of the program, if exec is eager)
//     0, elsewhere in a region, heap, stack    a page of zeros
//     in the swap area                         it comes back
//     copy on write, and this is a store       a copy, or the page itself if nobody else has it any more
//     anything else                            -EFAULT, which becomes a signal

#include "kernel.h"

#include "file_system.h"
#include "memory.h"
#include "process.h"

#include <peach/signal.h>

static int copy_on_write(struct address_space *space, uint32_t *entry, uint32_t address) {
    const uint32_t bits = (*entry & PTE_PERMISSIONS) | PTE_V | PTE_W;
    struct frame *frame = page_frame(entry_page(*entry));
    if (frame->users == 1) {  // the others have made their copies already: keep this one
        if (*entry & PTE_D) frame->modified = true;
        *entry = (uint32_t)frame_page(frame) | bits;
        return 0;
    }
    void *copy = swap_page_allocate(0, space);
    if (copy == 0) return -ENOMEM;
    if ((*entry & PTE_V) == 0) {  // it has left memory to make room for its own copy: the next fault brings it back
        page_release(copy);
        return 0;
    }
    void *old = entry_page(*entry);
    memcpy(copy, old, PAGE_SIZE);
    if (frame->users == 1) resident_remove(frame);
    else if (frame->owner == space) frame->owner = 0;
    page_release(old);
    *entry = (uint32_t)copy | bits;
    resident_add(page_frame(copy), space, address);
    page_frame(copy)->modified = true;
    memory_counts.copies++;
    return 0;
}

// ---- pages that come into being ----

// Puts a page at an address where there is none yet.
static int map_new(struct address_space *space, uint32_t address, void *page, uint32_t permissions) {
    uint32_t *entry = page_table_entry(space->page_table, address, true);
    if (entry == 0) return -ENOMEM;
    *entry = (uint32_t)page | permissions | PTE_V | PTE_U;
    resident_add(page_frame(page), space, page_round_down(address));
    space->resident++;
    return 0;
}

static int zero_fill(struct address_space *space, struct region *region, uint32_t address, uint32_t permissions) {
    void *page = swap_page_allocate(region, space);
    if (page == 0) return -ENOMEM;
    memset(page, 0, PAGE_SIZE);
    const int error = map_new(space, address, page, permissions);
    if (error < 0) page_release(page);
    else page_frame(page)->is_shared = region != 0 && region->is_shared;
    memory_counts.zero_fills++;
    return error;
}

// What a page has in the program's file. It may have parts of several regions, where one part of the program ends and the
// next begins.
#define PARTS_MAX 4
struct parts {
    uint32_t count;
    struct part {
        uint32_t start, size;  // in the page
        uint32_t offset;       // in the file
    } part[PARTS_MAX];
};

static size_t parts_size(const struct parts *parts) { return offsetof(struct parts, part) + parts->count * sizeof(struct part); }

static bool find_parts(const struct address_space *space, uint32_t address, struct parts *parts) {
    parts->count = 0;
    for (const struct region *r = space->regions; r < space->regions + space->region_slots; r++) {
        if (r->start > address || address >= r->end) continue;
        const uint32_t start = address > r->data_address ? address : r->data_address;
        const uint32_t end = min_u32(address + PAGE_SIZE, r->data_address + r->data_size);
        if (start >= end) continue;
        if (parts->count == PARTS_MAX) return false;
        parts->part[parts->count++] = (struct part){start - address, end - start, r->data_offset + (start - r->data_address)};
    }
    return true;
}

// A file is read without the memory lock: its own lock comes first.
static int read_page(struct inode *program, const struct parts *parts, char *page) {
    const bool within = file_system_is_mine();
    int error = 0;
    if (!within) file_system_begin();
    for (const struct part *part = parts->part; part < parts->part + parts->count; part++) {
        const int got = inode_read(program, page + part->start, part->offset, part->size);
        if (got != (int)part->size) error = -EFAULT;
    }
    if (!within) file_system_end();
    return error;
}

// What the regions say of a page. A page at the border of two parts of a program may belong to both.
struct place {
    struct region *region;  // null: none
    uint32_t permissions;
    bool has_data;          // in the program's file
};

static bool has_data(const struct region *r, uint32_t address) {
    return r->data_size != 0 && address < r->data_address + r->data_size && address + PAGE_SIZE > r->data_address;
}

static struct place look_up(struct address_space *space, uint32_t address) {
    struct place place = {0};
    for (struct region *r = space->regions; r < space->regions + space->region_slots; r++) {
        if (r->start > address || address >= r->end) continue;
        place.region = r;
        place.permissions |= r->permissions;
        place.has_data = place.has_data || has_data(r, address);
    }
    return place;
}

static int load(struct address_space *space, struct region *region, uint32_t address) {
    struct parts parts, parts_now;
    if (!find_parts(space, address, &parts)) return -EFAULT;
    char *page = swap_page_allocate(region, space);
    if (page == 0) return -ENOMEM;
    sleep_lock_release(&memory_lock);
    memset(page, 0, PAGE_SIZE);
    int error = read_page(space->program, &parts, page);
    sleep_lock_acquire(&memory_lock);
    // Meanwhile another thread may have been faster, or has put something else there: then whoever wants it looks again.
    const uint32_t *entry = page_table_entry(space->page_table, address, false);
    const struct place place = look_up(space, address);
    bool wanted = error == 0 && (entry == 0 || *entry == 0) && place.region != 0;
    wanted = wanted && find_parts(space, address, &parts_now) && memcmp(&parts, &parts_now, parts_size(&parts)) == 0;
    if (wanted) error = map_new(space, address, page, place.permissions);
    if (!wanted || error < 0) page_release(page);
    memory_counts.loads++;
    return error;
}

// Nothing is there yet. `disk_was_needed` is only set, never cleared.
static int first_touch(struct address_space *space, uint32_t address, enum access access, bool *disk_was_needed) {
    const struct place place = look_up(space, address);
    if (place.region != 0) {
        if (!entry_allows(place.permissions | PTE_V | PTE_U, access)) return -EFAULT;
        if (!place.has_data) return zero_fill(space, place.region, address, place.permissions);
        *disk_was_needed = true;
        return load(space, place.region, address);
    }
    const bool in_heap = address >= space->heap_start && address < space->heap_end;
    const bool in_stack = address >= page_round_down(USER_END - space->stack_most) && address < USER_END;
    if ((!in_heap && !in_stack) || access == ACCESS_EXECUTE) return -EFAULT;
    const bool grows = in_stack && address < space->stack_start && space == current_process()->space;
    if (grows && !limit_allows_memory(space->stack_start - address)) return -EFAULT;
    const int error = zero_fill(space, 0, address, PTE_R | PTE_W);
    if (error == 0 && in_stack) space->stack_start = min_u32(space->stack_start, address);
    return error;
}

static int bring_back(struct address_space *space, uint32_t *entry, uint32_t address) {
    const uint32_t slot = entry_slot(*entry);
    void *page = swap_in(slot, region_find(space, address), space);
    if (page == 0) return -ENOMEM;
    *entry = (uint32_t)page | (*entry & (PTE_PERMISSIONS | PTE_COPY_ON_WRITE)) | PTE_V;
    resident_add(page_frame(page), space, address);
    space->resident++;
    space->swapped--;
    return 0;
}

// ---- the fault ----

static int resolve(struct address_space *space, uint32_t address, enum access access, bool *disk_was_needed) {
    uint32_t *entry = page_table_entry(space->page_table, address, false);
    if (entry == 0 || *entry == 0) return first_touch(space, address, access, disk_was_needed);
    if (entry_is_swapped(*entry)) {
        *disk_was_needed = true;
        return bring_back(space, entry, address);
    }
    if (entry_allows(*entry, access)) return 0;  // another thread was faster, or a translation was old
    if (access == ACCESS_WRITE && (*entry & PTE_COPY_ON_WRITE)) return copy_on_write(space, entry, address);
    return -EFAULT;
}

int page_fault(struct process *p, uint32_t address, enum access access) {
    if (address >= USER_END || p->space == 0) return -EFAULT;
    address = page_round_down(address);
    sleep_lock_acquire(&memory_lock);
    bool disk_was_needed = false;
    const int error = resolve(p->space, address, access, &disk_was_needed);
    if (disk_was_needed) p->major_faults++;
    if (error == 0) address_space_page_changed(p->space, address);
    sleep_lock_release(&memory_lock);
    return error;
}

// ---- before anybody asks ----

int page_fill(struct address_space *space, uint32_t start, uint32_t end) {
    int error = 0;
    bool disk_was_needed;
    for (uint32_t address = start; address < end && error == 0; address += PAGE_SIZE) {
        const uint32_t *entry = page_table_entry(space->page_table, address, false);
        if (entry == 0 || *entry == 0) error = first_touch(space, address, ACCESS_READ, &disk_was_needed);
    }
    return error;
}

int page_fault_in(struct address_space *space, uint32_t start, uint32_t end) {
    sleep_lock_acquire(&memory_lock);
    const int error = page_fill(space, start, end);
    sleep_lock_release(&memory_lock);
    return error;
}

// Writes into an address space that is not in force. The pages must be there, else -EFAULT.
int page_copy_out(struct address_space *space, uint32_t address, const void *from, uint32_t count) {
    if (address >= USER_END || count > USER_END - address) return -EFAULT;
    while (count > 0) {
        uint32_t *entry = page_table_entry(space->page_table, address, false);
        if (entry == 0 || (*entry & PTE_V) == 0) return -EFAULT;
        const uint32_t offset = address % PAGE_SIZE;
        const uint32_t part = min_u32(count, PAGE_SIZE - offset);
        memcpy((char *)entry_page(*entry) + offset, from, part);
        page_frame(entry_page(*entry))->modified = true;
        address += part;
        from = (const char *)from + part;
        count -= part;
    }
    return 0;
}

// Swapped pages come back: the process need not know that somebody looks.
uint32_t page_copy_in(struct address_space *space, uint32_t address, void *to, uint32_t count) {
    uint32_t done = 0;
    while (done < count) {
        const uint32_t at = address + done;
        uint32_t *entry = page_table_entry(space->page_table, at, false);
        if (entry != 0 && entry_is_swapped(*entry) && bring_back(space, entry, page_round_down(at)) < 0) break;
        if (entry == 0 || (*entry & PTE_V) == 0) break;
        const uint32_t offset = at % PAGE_SIZE;
        const uint32_t part = min_u32(count - done, PAGE_SIZE - offset);
        memcpy((char *)to + done, (const char *)entry_page(*entry) + offset, part);
        done += part;
    }
    return done;
}

// ---- no memory, and nothing can go ----

// The process that has most ends, whoever it was that asked. init must not die. Says so.
bool out_of_memory(struct process *p) {
    struct process *largest = 0;
    uint32_t most = 0;
    acquire(&process_lock);
    for (struct process *q = process_table; q < process_table_end; q++) {
        const struct address_space *space = q->space;  // of one that ends it becomes null at any time
        if (q->state == UNUSED || q->state == EMBRYO || q->state == ZOMBIE || space == 0 || q->leader != q || q->pid == INIT_PID) continue;
        const uint32_t pages = space->resident + space->swapped;
        if (pages < most) continue;
        largest = q;
        most = pages;
    }
    if (largest != 0 && largest->killed_by == 0 && (largest->shared_signals & SIGNAL_BIT(SIGKILL)) == 0) {
        memory_counts.kills++;
        kprintf("pid %d (%s): out of memory: killed\n", largest->pid, largest->name);
        process_end_for_memory(largest);
    }
    release(&process_lock);
    return largest == p->leader;
}
