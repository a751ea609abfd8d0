#pragma once
// The test of time travel that every guest run can be put to.

#include <cstdint>
#include <vector>

#include "emulator/machine.h"

namespace peach::tests {

// Runs the machine for `length` cycles, notes its state at 50 random moments on the way, and expects to find
// exactly those states again when seeking to them forwards, backwards and in any order.
void expect_same_states_again(const Machine& initial, uint64_t length,
                              const std::vector<InputEvent>& script = {});

}  // namespace peach::tests
