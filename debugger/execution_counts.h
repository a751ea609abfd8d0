#pragma once
// How often each instruction executed in a stretch of history, by the program that it belongs to: what the
// heat view and the coverage view are made of.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "debugger/session.h"

namespace peach::debugger {

struct ProgramCounts {
    std::string name;                         // "kernel", or the executable's
    std::shared_ptr<const DebugInfo> info;    // nullptr: a program without symbols
    std::map<uint32_t, uint64_t> executions;  // by address; those that never executed are left out

    uint64_t total() const;
};

// Executes the stretch again to count; the cursor stays where it is. The kernel comes first.
std::vector<ProgramCounts> count_executions(const Session& session, uint64_t first, uint64_t end);

}  // namespace peach::debugger
