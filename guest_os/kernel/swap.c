// Swapping: when there is no room for another page of a program, one of those that are there must go. If it was changed, it
// goes to the swap area of the disk; if not, what it was made from is still there, and it is simply dropped.
//
//     changed?  --> write to a slot; entries of the page table say which
//     a slot has the same contents already?  --> entries say which
//     else  --> entries become 0: the next touch makes the page again, from zeros or from the program's file

#include "kernel.h"

#include "disk.h"
#include "process.h"
#include "replacement.h"

#define TURNING 32  // with fewer pages that can still go, programs would only bring back by turns what the last step has dropped
#define RESERVE 12  // frames that programs leave to the kernel, which cannot wait: for stacks, tables, pipes

// memory_lock guards all of this.
struct resident_list resident;
struct memory_settings memory_settings = {.replacement = REPLACEMENT_CLOCK, .seed = 1};
static uint32_t first_block;   // on the disk: slot n is block first_block + n - 1
static uint32_t slot_count;
static uint32_t free_slots;
static uint16_t *slot_users;   // by slot, from 1: entries of page tables, and frames that are copies
static uint32_t lowest_free;   // a lower one is never free

static const struct replacement *const replacements[] = {
#define REPLACEMENT(number, constant, name, object, sentence) [number] = &object,
#include <peach/replacements.inc>
#undef REPLACEMENT
};

// For people who look at the kernel.
__attribute__((used)) static const char *const replacement_names[] = {
#define REPLACEMENT(number, constant, name, object, sentence) [number] = name,
#include <peach/replacements.inc>
#undef REPLACEMENT
};

// ---- slots ----

void swap_start(uint32_t block, uint32_t blocks) {
    if (blocks > PAGE_SIZE / sizeof *slot_users - 1) blocks = PAGE_SIZE / sizeof *slot_users - 1;  // 8 MiB
    slot_users = page_allocate();
    if (slot_users == 0) return;
    first_block = block;
    slot_count = free_slots = blocks;
    lowest_free = 1;
}

static uint32_t take_slot(void) {
    for (; lowest_free <= slot_count; lowest_free++) {
        if (slot_users[lowest_free] != 0) continue;
        slot_users[lowest_free] = 1;
        free_slots--;
        return lowest_free++;
    }
    return 0;
}

void swap_slot_share(uint32_t slot) { slot_users[slot]++; }

void swap_slot_release(uint32_t slot) {
    ASSERT(slot_users[slot] > 0);
    if (--slot_users[slot] > 0) return;
    free_slots++;
    lowest_free = min_u32(lowest_free, slot);
}

static uint32_t slot_block(uint32_t slot) { return first_block + slot - 1; }

// ---- the list of frames ----

static void list_append(struct frame *frame) {
    frame->newer = 0;
    frame->older = resident.newest;
    if (resident.newest != 0) resident.newest->newer = frame;
    else resident.oldest = frame;
    resident.newest = frame;
}

static void list_remove(struct frame *frame) {
    if (frame->older != 0) frame->older->newer = frame->newer;
    else resident.oldest = frame->newer;
    if (frame->newer != 0) frame->newer->older = frame->older;
    else resident.newest = frame->older;
}

void resident_add(struct frame *frame, struct address_space *owner, uint32_t address) {
    frame->owner = owner;
    frame->address = address;
    frame->modified = frame->is_shared = false;
    frame->age = 0;
    list_append(frame);
    page_becomes(frame_page(frame), FRAME_USER);
}

void resident_remove(struct frame *frame) {
    list_remove(frame);
    if (frame->slot != 0) swap_slot_release(frame->slot);
    frame->slot = 0;
    frame->owner = 0;
}

void resident_becomes_newest(struct frame *frame) {
    list_remove(frame);
    list_append(frame);
}

// ---- the entries that lead to a frame ----

// The next address space from this one on that has the frame, hidden or not, and its entry; null if there is none. fork keeps
// addresses, so the place is the same in all.
static struct address_space *next_user(const struct frame *frame, struct address_space *space, uint32_t **entry) {
    for (; space < address_spaces + SPACE_COUNT; space++) {
        if (space->users == 0 || space->page_table == 0) continue;
        *entry = page_table_entry(space->page_table, frame->address, false);
        if (*entry == 0 || **entry == 0 || entry_is_swapped(**entry)) continue;
        if (entry_page(**entry) == frame_page(frame)) return space;
    }
    return 0;
}

static struct address_space *first_user(struct frame *frame, uint32_t **entry) {
    if (frame->users > 1 || frame->owner == 0) return frame->owner = next_user(frame, address_spaces, entry);
    *entry = page_table_entry(frame->owner->page_table, frame->address, false);
    return frame->owner;
}

static struct address_space *following_user(const struct frame *frame, struct address_space *space, uint32_t **entry) {
    return frame->users > 1 ? next_user(frame, space + 1, entry) : 0;
}

bool frame_was_used(struct frame *frame) {
    bool used = false;
    uint32_t *entry;
    for (struct address_space *s = first_user(frame, &entry); s != 0; s = following_user(frame, s, &entry)) {
        if ((*entry & PTE_A) == 0) continue;
        used = true;
        entry_clear(entry, PTE_A);
        address_space_page_changed(s, frame->address);
    }
    return used;
}

// ---- who may go ----

static bool needs_writing(struct frame *frame) {
    uint32_t *entry;
    for (struct address_space *s = first_user(frame, &entry); s != 0; s = following_user(frame, s, &entry)) {
        if (*entry & PTE_D) frame->modified = true;
    }
    return frame->modified;
}

// It must be written, and has no place for that which is its alone.
static bool needs_slot(struct frame *frame) {
    return needs_writing(frame) && (frame->slot == 0 || slot_users[frame->slot] > 1);
}

// Not a page that the kernel was promised, nor one of a MAP_SHARED mapping.
static bool may_go(struct frame *frame, const struct candidates *candidates) {
    uint32_t *entry;
    if (frame->is_shared) return false;
    struct address_space *space = first_user(frame, &entry);
    if (space == 0) return false;
    if (candidates->space != 0) {
        const struct region *region = candidates->region;
        if (space != candidates->space || frame->address < region->start || frame->address >= region->end) return false;
    }
    for (; space != 0; space = following_user(frame, space, &entry)) {
        if (space->being_made) return false;
    }
    return !user_page_is_pinned(frame) && !(candidates->need_no_slot && needs_slot(frame));
}

struct frame *next_candidate(const struct candidates *candidates, struct frame *frame) {
    while (frame != 0 && !may_go(frame, candidates)) frame = frame->newer;
    return frame;
}

// ---- going ----

// From now on nobody uses the page, on whatever CPU: who tries to waits for memory_lock. Only then does PTE_D say all, and only
// then is it certain that no other CPU has just pinned it, as user_check() does first.
static void hide(struct frame *frame, bool hidden) {
    uint32_t *entry;
    for (struct address_space *s = first_user(frame, &entry); s != 0; s = following_user(frame, s, &entry)) {
        if (hidden) entry_clear(entry, PTE_V);
        else entry_set(entry, PTE_V);
        if (hidden) address_space_page_changed(s, frame->address);
    }
}

// Nobody finds the page any more: all entries point at the slot, or at nothing if it is 0.
static void take_away(struct frame *frame) {
    uint32_t *entry;
    const uint32_t users = frame->users;
    for (struct address_space *s = first_user(frame, &entry); s != 0; s = users > 1 ? next_user(frame, s + 1, &entry) : 0) {
        const uint32_t bits = *entry & (PTE_PERMISSIONS | PTE_COPY_ON_WRITE);
        *entry = frame->slot == 0 ? 0 : frame->slot << 12 | bits | PTE_SWAPPED;
        s->resident--;
        if (frame->slot != 0) {
            s->swapped++;
            swap_slot_share(frame->slot);
        }
    }
}

// A slot of its own for what is to be written; false if the swap area is full.
static bool give_slot(struct frame *frame) {
    if (frame->slot != 0 && slot_users[frame->slot] > 1) {  // somebody else still needs the old contents
        swap_slot_release(frame->slot);
        frame->slot = 0;
    }
    if (frame->slot == 0) frame->slot = take_slot();
    return frame->slot != 0;
}

// What is left to be done when nobody finds the page any more.
struct leaving {
    void *page;
    uint32_t users;
    uint32_t slot;  // 0: there is nothing to be kept
    bool write;
};

static bool has_enough(const struct candidates *candidates) {
    uint32_t count = 0;
    struct frame *frame = next_candidate(candidates, resident.oldest);
    for (; frame != 0 && count < TURNING; frame = next_candidate(candidates, frame->newer)) count++;
    return count == TURNING;
}

// The policy's choice, hidden and with a slot if it needs one; null if none can go. With a full swap area some still can.
static struct frame *choose_and_hide(struct candidates candidates, bool *write) {
    for (;;) {
        struct frame *frame = replacements[memory_settings.replacement]->choose(&candidates);
        if (frame == 0) return 0;
        hide(frame, true);
        const bool pinned = user_page_is_pinned(frame);
        *write = needs_writing(frame);
        if (!pinned && (!*write || give_slot(frame))) return frame;
        hide(frame, false);
        if (pinned) continue;
        candidates.need_no_slot = true;
        if (!has_enough(&candidates)) return 0;
    }
}

static bool choose_and_take_away(const struct candidates *candidates, struct leaving *leaving) {
    struct frame *frame = choose_and_hide(*candidates, &leaving->write);
    if (frame == 0) return false;
    leaving->page = frame_page(frame);
    leaving->users = frame->users;
    leaving->slot = frame->slot;
    take_away(frame);
    if (leaving->slot != 0) swap_slot_share(leaving->slot);  // while it is being written
    resident_remove(frame);
    return true;
}

static bool empty_one(const struct candidates *candidates) {
    struct leaving leaving;
    if (!choose_and_take_away(candidates, &leaving)) return false;
    if (!leaving.write) {
        memory_counts.drops++;
    } else {
        memory_counts.swap_outs++;
        const uint32_t block = slot_block(leaving.slot);
        if (!disk_transfer(block, leaving.page, true)) kprintf("swap: block %u could not be written\n", block);
    }
    if (leaving.slot != 0) swap_slot_release(leaving.slot);
    for (uint32_t i = 0; i < leaving.users; i++) page_release(leaving.page);
    return true;
}

// ---- room for a page ----

static uint32_t resident_in(const struct address_space *space, const struct region *region) {
    uint32_t count = 0;
    for (uint32_t address = region->start; address < region->end; address += PAGE_SIZE) {
        const uint32_t *entry = page_table_entry(space->page_table, address, false);
        if (entry != 0 && *entry & PTE_V) count++;
    }
    return count;
}

static bool is_too_full(void) {
    const uint32_t limit = memory_settings.frame_limit;
    return page_free_count() <= RESERVE || (limit != 0 && page_user_count() >= limit);
}

static bool make_room(void) {
    const struct candidates all = {0};
    if (is_too_full()) page_table_release_spares();
    while (is_too_full()) {
        if (!empty_one(&all)) return page_free_count() > RESERVE;  // a limit alone is no reason to fail
    }
    return true;
}

void *swap_page_allocate(struct region *region, struct address_space *space) {
    if (region != 0 && region->frame_limit != 0) {
        const struct candidates own = {.space = space, .region = region};
        while (resident_in(space, region) >= region->frame_limit && empty_one(&own)) {
        }
    }
    return make_room() ? page_allocate_unfilled() : 0;
}

bool swap_make_reserve(void) {
    if (page_free_count() > RESERVE) return true;
    sleep_lock_acquire(&memory_lock);
    const bool done = make_room();
    sleep_lock_release(&memory_lock);
    return done;
}

// ---- coming back ----

// The frame remains a copy of the slot, as long as it is not changed: then it can go again without being written.
void *swap_in(uint32_t slot, struct region *region, struct address_space *space) {
    void *page = swap_page_allocate(region, space);
    if (page == 0) return 0;
    if (!disk_transfer(slot_block(slot), page, false)) {
        kprintf("swap: block %u could not be read\n", slot_block(slot));
        page_release(page);
        return 0;
    }
    memory_counts.swap_ins++;
    page_frame(page)->slot = slot;  // the entry's use of it has become the frame's
    return page;
}

// ---- settings ----

int memory_choose(const struct memory_settings *settings) {
    if (settings->replacement >= REPLACEMENT_COUNT || settings->eager > 1) return -EINVAL;
    sleep_lock_acquire(&memory_lock);
    memory_settings = *settings;
    make_room();
    sleep_lock_release(&memory_lock);
    return 0;
}

void swap_describe(struct memory_status *status) {
    *status = memory_counts;
    status->frames = frame_count;
    status->free_frames = page_free_count() + page_table_spares();
    status->user_frames = page_user_count();
    status->swap_slots = slot_count;
    status->free_swap_slots = free_slots;
}
