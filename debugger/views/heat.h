#pragma once
// Where the time went, and which lines were executed, from the beginning of the last motion to the cursor.

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

Table heat_table(const Session& session);      // functions, the hottest first
Table coverage_table(const Session& session);  // source files, with the lines that were not reached

}  // namespace peach::debugger
