#pragma once
// The bridge between the two machines: begin alike, receive the same inputs, be compared.

#include <string>

#include "emulator/machine.h"
#include "tests/reference/plain_machine.h"

namespace peach::reference {

// A plain machine in the state of one that has not run yet.
PlainMachine plain_copy(const Machine& fresh);

void deliver(PlainMachine& plain, const InputEvent& event);

// What differs, as "name: the engine's value, the plain machine's value", a line each; empty if nothing does.
std::string differences(const Machine& machine, const PlainMachine& plain);

}  // namespace peach::reference
