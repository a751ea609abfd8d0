#pragma once
// Who called whom, from the images' frame rules: the kernel's frames, and through traps those of what they
// interrupted, up to the user program's first. Where a kernel has no rules for its trap entry, the lens says
// where the program's registers are.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

struct Frame {
    uint32_t pc = 0;       // where it stands: the next instruction, or the one after its call
    uint32_t sp = 0;       // canonical frame address: sp before the call
    std::string function;  // "swtch+0x10"
    std::string program;   // "kernel" or the program's name
    SourcePlace place;     // line 0: not known
    bool user = false;
    bool inlined = false;  // no frame of its own: its code lies in the function of the next
    std::string note;      // "trap: timer interrupt" between kernel and user frames; "inlined"
};

std::vector<Frame> backtrace(const Session& session, unsigned cpu, size_t limit = 64);
Table backtrace_table(const Session& session);

}  // namespace peach::debugger
