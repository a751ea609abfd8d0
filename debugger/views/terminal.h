#pragma once
// The guest's console as a screen at the cursor: its output up to that moment, as lines. Understands newline,
// return, backspace, tab, bell, and of the ANSI sequences clear screen, clear line and home; others are
// swallowed.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

struct TerminalLine {
    std::string text;              // bytes, one a column; not printable ones are '?'
    std::vector<uint64_t> cycles;  // when each was sent
};

struct TerminalView {
    std::vector<TerminalLine> lines;
    size_t cursor_line = 0;
    size_t cursor_column = 0;
    uint64_t bytes = 0;  // sent so far: equal views have equal counts on one branch
};

// The last `line_limit` lines. Cost follows the output since they began.
TerminalView terminal_view(const Session& session, size_t line_limit = 2000);
// Turns bytes into lines; for views of other machines' output and for tests.
TerminalView terminal_lines(std::string_view bytes, const uint64_t* cycles, size_t line_limit);
Table terminal_table(const Session& session);

}  // namespace peach::debugger
