// The loop of the engine when somebody watches every instruction.

#define PEACH_OBSERVED 1
#include "emulator/engine/execution_loop.inc"
