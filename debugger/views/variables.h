#pragma once
// What the code at the pc can name: parameters and variables of its function, then the variables of its file.

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

Table variables_table(const Session& session);

// "counter = 3", for any C expression, in the scope of the focused CPU's pc; or why it has no value.
std::expected<std::string, Error> value_sentence(const Session& session, std::string_view expression);

}  // namespace peach::debugger
