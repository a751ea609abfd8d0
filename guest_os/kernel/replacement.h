#pragma once
// Replacement policies: which page leaves memory so that another can come. swap.c moves pages and knows nothing of
// policies; a policy chooses and knows nothing of disks. memory_lock is held.
//
// The frames with pages of programs stand in a list, in the order in which they were filled:
//
//     resident.oldest --> frame --> frame --> frame <-- resident.newest

#include "memory.h"

struct resident_list {
    struct frame *oldest;
    struct frame *newest;
};

extern struct resident_list resident;

// Whose pages may be chosen: those of one region, or of all.
struct candidates {
    const struct address_space *space;  // null: all
    const struct region *region;
    bool need_no_slot;  // only those that can go although the swap area is full
};

struct replacement {
    struct frame *(*choose)(const struct candidates *candidates);  // null if there is none
};

extern const struct replacement clock_replacement;
extern const struct replacement fifo_replacement;
extern const struct replacement random_replacement;
extern const struct replacement aging_replacement;

// The first candidate from this frame on, towards the newer ones; null if there is none.
struct frame *next_candidate(const struct candidates *candidates, struct frame *frame);
bool frame_was_used(struct frame *frame);  // since it was last asked: tests and clears the accessed bits
void resident_becomes_newest(struct frame *frame);
