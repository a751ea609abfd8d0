#pragma once
// Bytes of guest memory, as a CPU sees them at the cursor, and how an address becomes a physical one.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

struct MemoryRow {
    uint32_t address = 0;                             // virtual, a multiple of 16
    std::optional<uint32_t> physical = std::nullopt;  // nothing: not mapped, the bytes mean nothing
    std::array<uint8_t, 16> bytes{};
    std::string characters;  // dots for what cannot be printed
    std::string symbol;      // if one begins in this row
};

std::vector<MemoryRow> memory_rows(const Session& session, unsigned cpu, uint32_t address, size_t row_count);
Table memory_table(const Session& session);  // around sp
// About another address, which is called `name`.
Table memory_table_at(const Session& session, uint32_t address, std::string_view name);

// The walk of an address in sentences, one a step, the last one the result.
std::vector<std::string> page_walk(const Session& session, unsigned cpu, uint32_t virtual_address);
Table page_walk_table(const Session& session);  // of the pc
Table page_walk_table_at(const Session& session, uint32_t address, std::string_view name);

}  // namespace peach::debugger
