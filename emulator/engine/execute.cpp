// The loop of the engine when nobody watches.

#define PEACH_OBSERVED 0
#include "emulator/engine/execution_loop.inc"
