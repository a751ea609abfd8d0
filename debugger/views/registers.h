#pragma once
// The registers of a CPU at the cursor: pc, sp and fp first, then the others, then the control registers.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

struct RegisterRow {
    std::string name;
    uint32_t value = 0;
    std::string text;      // "0x80001234"
    std::string decimal;   // signed
    std::string hint;      // "swtch+0x10", "kernel stack", "user, interrupts on"; may be empty
    std::string role;      // one sentence for a tooltip
    bool primary = false;  // pc, sp, fp
    bool control = false;  // a control register
    bool changed = false;  // since the last stop
    uint32_t before = 0;   // its value at the last stop
    int edit_index = -1;   // for Session::edit_register; -1: cannot be edited
};

std::vector<RegisterRow> register_rows(const Session& session, unsigned cpu);
Table registers_table(const Session& session);

}  // namespace peach::debugger
