#pragma once
// What is different from the moment at which the last motion began: registers, devices, memory.

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

Table changes_table(const Session& session);

}  // namespace peach::debugger
