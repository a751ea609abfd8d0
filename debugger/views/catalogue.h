#pragma once
// Every view that is a table, by name: `peach show NAME`.

#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

struct ViewEntry {
    std::string_view name;      // "registers"
    std::string_view sentence;  // help
    Table (*make)(const Session& session);
    // About an address instead of the view's own choice; null: it is about no address.
    Table (*make_at)(const Session& session, uint32_t address, std::string_view name) = nullptr;
};

// The views that every machine has.
std::span<const ViewEntry> views();

// A line for each, those of the kernel's lens included.
std::string view_list(const Session& session);

// The view of that name: one of the above, or one of the lens's own. The beginning of a name that only one
// has will do ("process" finds "processes"). The error names them all. `of`, a C expression for an
// address or a variable, is for the views that can be about one; empty: the view's own choice.
std::expected<Table, Error> make_view(const Session& session, std::string_view name,
                                      std::string_view of = {});

}  // namespace peach::debugger
