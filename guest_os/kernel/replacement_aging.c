// Aging, which comes near to "least recently used": whenever a page has to go, the accessed bit of every page is shifted
// into its history from the left.
//
//     used just now and two choices ago   101000...
//     used at the choice before last      001000...   the least of these numbers goes; of several, the oldest page

#include "kernel.h"

#include "replacement.h"

static struct frame *choose(const struct candidates *candidates) {
    struct frame *chosen = 0;
    for (struct frame *f = next_candidate(candidates, resident.oldest); f != 0; f = next_candidate(candidates, f->newer)) {
        f->age = f->age >> 1 | (uint32_t)frame_was_used(f) << 31;
        if (chosen == 0 || f->age < chosen->age) chosen = f;
    }
    return chosen;
}

const struct replacement aging_replacement = {choose};
