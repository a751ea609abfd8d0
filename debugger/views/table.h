#pragma once
// Rows of cells: what every panel comes down to, and what the command line prints. A cell knows its text, the
// number behind it, the guest address it was read from and when it last changed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peach::debugger {

enum class Alignment : uint8_t { left, right };

struct Column {
    std::string title;
    Alignment alignment = Alignment::left;
};

struct Cell {
    std::string text;
    std::optional<int64_t> value = std::nullopt;
    std::optional<uint32_t> address = std::nullopt;       // where in guest memory it stands (virtual)
    std::optional<uint64_t> last_changed = std::nullopt;  // cycle
    bool changed = false;                                 // since the last stop
};

struct Row {
    std::vector<Cell> cells;
    bool current = false;  // the row that execution, or the focus, stands on
};

struct Table {
    std::string title;
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::string note;  // a sentence below the table; empty: none
};

// Aligned columns; the current row is marked with ">", changed cells with "*".
std::string to_text(const Table& table);
// {"title": ..., "columns": [...], "rows": [{"current": ..., "cells": [{"text", "value", ...}]}], "note":
// ...}
std::string to_json(const Table& table);

}  // namespace peach::debugger
