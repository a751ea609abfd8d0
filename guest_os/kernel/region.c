// Regions: what an address space consists of, beside heap and stack. The parts of a program are regions, and so is each
// piece of memory that mmap() gives.
//
//     00010000                                                              7FC00000   80000000
//     | text | constants | data | heap -->          <-- mmap | mmap |       | <-- stack |
//       region  region     region  heap_start..heap_end       regions        stack_start..

#include "kernel.h"

#include "memory.h"

#define REGIONS_END (USER_END - USER_STACK_MAX)

struct region *region_find(struct address_space *space, uint32_t address) {
    for (struct region *r = space->regions; r < space->regions + space->region_slots; r++) {
        if (address >= r->start && address < r->end) return r;
    }
    return 0;
}

static struct region *free_slot(struct address_space *space) {
    for (struct region *r = space->regions; r < space->regions + space->region_slots; r++) {
        if (r->start == r->end) return r;
    }
    return space->region_slots == REGION_COUNT ? 0 : &space->regions[space->region_slots++];
}

struct region *region_add(struct address_space *space, uint32_t start, uint32_t end, uint32_t permissions) {
    struct region *r = free_slot(space);
    if (r != 0) *r = (struct region){.start = start, .end = end, .permissions = permissions};
    return r;
}

// The lowest region that overlaps start..end; null if that is free.
static struct region *first_overlap(struct address_space *space, uint32_t start, uint32_t end) {
    struct region *first = 0;
    for (struct region *r = space->regions; r < space->regions + space->region_slots; r++) {
        if (r->start < end && r->end > start && (first == 0 || r->start < first->start)) first = r;
    }
    return first;
}

// The highest free place below the stack.
static uint32_t find_place(struct address_space *space, uint32_t length) {
    uint32_t end = REGIONS_END;
    while (end >= length && end - length >= page_round_up(space->heap_end)) {
        const struct region *overlap = first_overlap(space, end - length, end);
        if (overlap == 0) return end - length;
        end = overlap->start;
    }
    return 0;
}

static bool is_within_reach(uint32_t address, uint32_t length) {
    return address % PAGE_SIZE == 0 && length != 0 && address >= USER_START && address < REGIONS_END &&
           length <= REGIONS_END - address;
}

// Splits the region that has this address inside, so that one begins there.
static int split_at(struct address_space *space, uint32_t address) {
    struct region *r = region_find(space, address);
    if (r == 0 || r->start == address) return 0;
    struct region *upper = free_slot(space);
    if (upper == 0) return -ENOMEM;
    *upper = *r;
    upper->start = address;
    r->end = address;
    return 0;
}

static int split_around(struct address_space *space, uint32_t start, uint32_t end) {
    const int error = split_at(space, start);
    return error < 0 ? error : split_at(space, end);
}

int region_unmap(struct address_space *space, uint32_t address, uint32_t length) {
    length = page_round_up(length);
    if (!is_within_reach(address, length)) return -EINVAL;
    const uint32_t end = address + length;
    const int error = split_around(space, address, end);
    if (error < 0) return error;
    space->is_scattered = true;
    for (struct region *r; (r = first_overlap(space, address, end)) != 0;) {
        address_space_drop_pages(space, r->start, r->end);
        *r = (struct region){.start = 0};
    }
    address_space_changed(space);
    return 0;
}

int region_map(struct address_space *space, uint32_t address, uint32_t length, uint32_t permissions, bool fixed) {
    if (length == 0) return -EINVAL;
    if (length > REGIONS_END) return -ENOMEM;
    length = page_round_up(length);
    if (fixed) {
        if (!is_within_reach(address, length)) return -EINVAL;
        if (address < page_round_up(space->heap_end) && address + length > space->heap_start) return -EINVAL;
        const int error = region_unmap(space, address, length);
        if (error < 0) return error;
    } else {
        address = find_place(space, length);
        if (address == 0) return -ENOMEM;
    }
    return region_add(space, address, address + length, permissions) == 0 ? -ENOMEM : (int)address;
}

int region_share(struct address_space *space, uint32_t address) {
    struct region *r = region_find(space, address);
    const uint32_t start = r->start, end = r->end;
    r->is_shared = true;
    const int error = page_fill(space, start, end);
    if (error == 0) return (int)start;
    region_unmap(space, start, end - start);
    return error;
}

// What is in memory gets the new permissions at once, but for PTE_W where the page is shared after fork: a store asks for that.
static void protect_pages(struct address_space *space, const struct region *r) {
    for (uint32_t address = r->start; address < r->end; address += PAGE_SIZE) {
        uint32_t *entry = page_table_entry(space->page_table, address, false);
        if (entry == 0 || *entry == 0) continue;
        uint32_t bits = r->permissions;
        if (bits & PTE_W && !r->is_shared && (*entry & (PTE_V | PTE_W)) != (PTE_V | PTE_W)) {
            bits = (bits & ~PTE_W) | PTE_COPY_ON_WRITE;
        }
        entry_clear(entry, (PTE_R | PTE_W | PTE_X | PTE_COPY_ON_WRITE) & ~bits);
        entry_set(entry, bits);
    }
}

int region_protect(struct address_space *space, uint32_t address, uint32_t length, uint32_t permissions) {
    length = page_round_up(length);
    if (!is_within_reach(address, length)) return -EINVAL;
    const uint32_t end = address + length;
    for (uint32_t at = address; at < end;) {
        const struct region *r = region_find(space, at);
        if (r == 0) return -ENOMEM;
        at = r->end;
    }
    const int error = split_around(space, address, end);
    if (error < 0) return error;
    for (uint32_t at = address; at < end;) {
        struct region *r = region_find(space, at);
        r->permissions = permissions;
        protect_pages(space, r);
        at = r->end;
    }
    address_space_changed(space);
    return 0;
}

int region_limit(struct address_space *space, uint32_t address, uint32_t limit) {
    struct region *r = region_find(space, address);
    if (r == 0) return -EINVAL;
    r->frame_limit = limit;
    return 0;
}

// New pages of the heap come to be when they are touched.
int heap_move_end(struct address_space *space, int increment) {
    const uint32_t old_end = space->heap_end;
    const int64_t new_end = (int64_t)old_end + increment;
    if (new_end < space->heap_start || new_end > REGIONS_END) return -ENOMEM;
    if (increment > 0 && first_overlap(space, page_round_up(old_end), page_round_up((uint32_t)new_end)) != 0) return -ENOMEM;
    space->heap_end = (uint32_t)new_end;
    if (increment < 0) {
        space->is_scattered = true;
        address_space_drop_pages(space, page_round_up(space->heap_end), page_round_up(old_end));
        address_space_changed(space);
    }
    return (int)old_end;
}
