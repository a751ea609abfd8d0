#include "debugger/views/memory.h"

#include <fmt/format.h>
#include <cstring>

#include "emulator/isa/registers.h"

namespace peach::debugger {
namespace {

constexpr uint32_t kRowBytes = 16;

MemoryRow memory_row(const Session& session, unsigned cpu, uint32_t address) {
    const Machine& machine = session.machine();
    MemoryRow row;
    row.address = address;
    row.physical = machine.physical_address(machine.cpu(cpu).ptbr, address);
    if (!row.physical) return row;
    std::array<std::byte, kRowBytes> bytes;
    if (!machine.read_physical(*row.physical, bytes)) {
        row.physical.reset();
        return row;
    }
    std::memcpy(row.bytes.data(), bytes.data(), bytes.size());
    for (const uint8_t byte : row.bytes)
        row.characters += byte >= 0x20 && byte < 0x7F ? static_cast<char>(byte) : '.';
    const auto info = session.debug_info_at(cpu, address);
    const auto symbol = info == nullptr ? std::nullopt : info->symbol_at(address + kRowBytes - 1);
    if (symbol && symbol->offset < kRowBytes) row.symbol = symbol->symbol->name;
    return row;
}

}  // namespace

std::vector<MemoryRow> memory_rows(const Session& session, unsigned cpu, uint32_t address, size_t row_count) {
    std::vector<MemoryRow> rows;
    rows.reserve(row_count);
    for (uint32_t row = address & ~(kRowBytes - 1); rows.size() < row_count; row += kRowBytes) {
        rows.push_back(memory_row(session, cpu, row));
        if (row > 0xFFFFFFFF - kRowBytes) break;
    }
    return rows;
}

Table memory_table(const Session& session) {
    return memory_table_at(session, session.machine().cpu(session.focus_cpu()).x[isa::kSp], "sp");
}

Table memory_table_at(const Session& session, uint32_t address, std::string_view name) {
    constexpr size_t kRows = 16;
    const unsigned cpu = session.focus_cpu();
    Table table{.title = fmt::format("Memory at {}", name),
                .columns = {{"address"}, {"bytes"}, {""}, {"symbol"}},
                .rows = {},
                .note = {}};
    for (const MemoryRow& row : memory_rows(session, cpu, address, kRows)) {
        std::string bytes;
        for (const uint8_t byte : row.bytes) bytes += fmt::format("{:02X} ", byte);
        if (!row.physical) bytes = "not mapped";
        table.rows.push_back({.cells = {{.text = fmt::format("0x{:08X}", row.address), .value = row.address},
                                        {.text = std::move(bytes), .value = {}, .address = row.address},
                                        {.text = row.characters},
                                        {.text = row.symbol}},
                              .current = address - row.address < kRowBytes});
    }
    return table;
}

std::vector<std::string> page_walk(const Session& session, unsigned cpu, uint32_t virtual_address) {
    const Machine& machine = session.machine();
    if (virtual_address == machine.cpu(cpu).pc) return machine.explain(cpu, virtual_address, Access::fetch);
    std::vector<std::string> steps = machine.explain(cpu, virtual_address, Access::load);
    const std::string written = machine.explain(cpu, virtual_address, Access::store).back();
    if (written != steps.back()) steps.push_back("A write: " + written);
    return steps;
}

Table page_walk_table(const Session& session) {
    return page_walk_table_at(session, session.machine().cpu(session.focus_cpu()).pc, "pc");
}

Table page_walk_table_at(const Session& session, uint32_t address, std::string_view name) {
    Table table{.title = fmt::format("How the address of {}, 0x{:08X}, is translated", name, address),
                .columns = {{"step", Alignment::right}, {""}},
                .rows = {},
                .note = {}};
    for (const std::string& step : page_walk(session, session.focus_cpu(), address)) {
        table.rows.push_back({.cells = {{.text = fmt::format("{}", table.rows.size() + 1)}, {.text = step}},
                              .current = false});
    }
    return table;
}

}  // namespace peach::debugger
