#pragma once
// Runs the engine and the plain machine side by side.

#include <cstdint>
#include <string>

namespace peach::reference {

struct LockstepReport {
    uint64_t instructions = 0;
    uint64_t traps = 0;
    std::string difference;  // empty: none; else the first, with the instruction after which it appeared
};

// One random world, for so many cycles. Both machines are compared after pieces of random length; inputs,
// snapshots, restored snapshots and stop addresses fall between the pieces.
LockstepReport run_random_world(uint32_t seed, uint64_t cycles);

}  // namespace peach::reference
