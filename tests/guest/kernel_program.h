#pragma once
// Programs that try the kernel: tests/guest/kernel/NAME.c, built for PeachOS.

#include <string>

#include "tests/guest/guest_machine.h"

namespace peach::tests {

// A machine with this one in /bin.
GuestMachine with_program(const std::string& name);

}  // namespace peach::tests
