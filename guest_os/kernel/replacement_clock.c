// The clock, or second chance. The list of frames is the face of the clock, cut open at the hand: the hand points at the
// oldest. A page that was used since the hand last came by is passed over, which puts it behind all others.

#include "kernel.h"

#include "replacement.h"

static struct frame *choose(const struct candidates *candidates) {
    for (;;) {
        struct frame *at_hand = next_candidate(candidates, resident.oldest);
        if (at_hand == 0 || !frame_was_used(at_hand)) return at_hand;
        resident_becomes_newest(at_hand);
    }
}

const struct replacement clock_replacement = {choose};
