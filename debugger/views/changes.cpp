#include "debugger/views/changes.h"

#include <fmt/format.h>

#include <algorithm>

#include "debugger/debug_info.h"
#include "emulator/state_changes.h"

namespace peach::debugger {
namespace {

// The kernel's name for a place in memory; empty if it has none.
std::string name_of(const Session& session, const StateChange& change) {
    if (!change.ram_address) return {};
    const auto symbol = session.kernel()->symbol_at(*change.ram_address);
    return symbol ? symbol->text() : std::string();
}

}  // namespace

Table changes_table(const Session& session) {
    const Timeline& timeline = session.timeline();
    // A branch may have taken that moment away.
    const uint64_t since = std::min(session.cycle_before(), timeline.frontier());
    Table table{.title = fmt::format("Changes from cycle {} to {}", since, timeline.cursor()),
                .columns = {{"what"}, {"before"}, {"after"}, {"where"}},
                .rows = {},
                .note = {}};
    for (const StateChange& change : state_changes(timeline.machine_at(since), session.machine())) {
        table.rows.push_back({.cells = {{.text = change.name, .address = change.ram_address},
                                        {.text = change.before},
                                        {.text = change.after},
                                        {.text = name_of(session, change)}},
                              .current = false});
    }
    if (table.rows.empty()) table.note = "Nothing is different.";
    return table;
}

}  // namespace peach::debugger
