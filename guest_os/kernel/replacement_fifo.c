// First in, first out.

#include "kernel.h"

#include "replacement.h"

static struct frame *choose(const struct candidates *candidates) { return next_candidate(candidates, resident.oldest); }

const struct replacement fifo_replacement = {choose};
