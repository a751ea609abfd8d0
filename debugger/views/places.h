#pragma once
// "Go to ...": what a few letters may mean. Moments, bookmarks, processes, functions and lines, variables and
// addresses, the likeliest first.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "debugger/session.h"

namespace peach::debugger {

enum class PlaceKind : uint8_t { moment, code, memory };

struct Place {
    PlaceKind kind = PlaceKind::moment;
    std::string title;     // "function swtch"
    std::string detail;    // "kernel, 0x80018A0C"
    uint64_t cycle = 0;    // of a moment
    uint32_t address = 0;  // of code and memory
};

std::vector<Place> find_places(const Session& session, std::string_view text, size_t limit);

}  // namespace peach::debugger
