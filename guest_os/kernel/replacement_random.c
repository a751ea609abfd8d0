// Any page. Surprisingly good, and never as bad as the others can be.

#include "kernel.h"

#include "replacement.h"

static uint32_t state = 1;

static uint32_t random_number(void) {
    static uint32_t seed_in_use;
    if (seed_in_use != memory_settings.seed) {
        seed_in_use = memory_settings.seed;
        state = seed_in_use != 0 ? seed_in_use : 1;
    }
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static struct frame *choose(const struct candidates *candidates) {
    uint32_t count = 0;
    for (struct frame *f = next_candidate(candidates, resident.oldest); f != 0; f = next_candidate(candidates, f->newer)) count++;
    if (count == 0) return 0;
    struct frame *chosen = next_candidate(candidates, resident.oldest);
    for (uint32_t i = random_number() % count; i > 0 && chosen != 0; i--) chosen = next_candidate(candidates, chosen->newer);
    return chosen;  // null if some have just been pinned: that is bad luck
}

const struct replacement random_replacement = {choose};
