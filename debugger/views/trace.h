#pragma once
// The instructions that executed in a stretch of history, one a row, with what each changed.

#include <cstddef>
#include <cstdint>
#include <optional>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

struct TraceQuery {
    uint64_t first = 0;
    uint64_t end = 0;             // in known history
    std::optional<unsigned> cpu;  // nothing: all
    size_t most_rows = 100'000;
};

Table trace_table(const Session& session, const TraceQuery& query);

}  // namespace peach::debugger
