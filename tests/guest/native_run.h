#pragma once
// The C programs that the guest's tests run, and what those of POSIX alone print natively.

#include <string>
#include <vector>

#include "tests/guest/guest_machine.h"

namespace peach::tests {

// What they read from standard input.
inline constexpr const char* kProgramInput = "first line\nx 12\n 13\nrest of it\nend without line end";

// tests/guest/programs, or course: they mean the same here and there.
std::vector<std::string> native_program_names(const std::string& folder = "programs");
std::vector<std::string>
promise_program_names();  // tests/guest/calls: they say themselves whether all is as promised
bool is_native_program(const std::string& name);
std::string source_of(const std::string& name);  // of one of the first kind

// A native run of the program: one that printed `guest_output`, if one of three does. The guest's clock keeps
// time exactly; a busy host may stand still between an alarm and the call that it was to interrupt.
const HostRun& run_natively(const std::string& name, const std::string& guest_output);

}  // namespace peach::tests
