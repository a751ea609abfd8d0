#pragma once
// Every view that is a table, by name: `peach show NAME`.

#include <span>
#include <string_view>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

struct ViewEntry {
    std::string_view name;      // "registers"
    std::string_view sentence;  // help
    Table (*make)(const Session& session);
};

std::span<const ViewEntry> views();
const ViewEntry* find_view(std::string_view name);  // nullptr: no such view; "process" finds "processes"

}  // namespace peach::debugger
