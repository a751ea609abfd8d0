#pragma once
// The kernel's own process table, read through the lens: its columns are the lens's.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

struct ProcessRow {
    uint32_t address = 0;  // of its structure
    uint32_t pid = 0;
    std::string name;
    StateInfo state;
    std::optional<unsigned> running_on;  // a CPU
    std::vector<Cell> cells;             // as the columns say
};

struct ProcessView {
    std::vector<Column> columns;
    std::vector<ProcessRow> rows;  // living ones, in the table's order
    std::string message;           // why there are none; empty: there are, or none lives
};

ProcessView process_view(const Session& session);
Table processes_table(const Session& session);

}  // namespace peach::debugger
