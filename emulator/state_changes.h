#pragma once
// What changed between two moments: every field that differs, by name, and the stretches of memory.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "emulator/machine.h"

namespace peach {

struct StateChange {
    std::string name;    // "cpus[0].x[10]", "devices.disk.status"; for memory where the page first differs:
                         // "ram 80012040"
    std::string before;  // a number in hex; for memory up to eight bytes from there
    std::string after;
    std::optional<uint32_t> ram_address = std::nullopt;  // physical, of the first byte that differs

    bool operator==(const StateChange&) const = default;
};

// In the order of the field lists; a page of memory is one change.
std::vector<StateChange> state_changes(const Machine& before, const Machine& after);

}  // namespace peach
