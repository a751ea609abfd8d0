#pragma once
// Any view of the lens as a table: the kernel's structures in the columns that the lens gives them.

#include <algorithm>

#include "debugger/lens.h"
#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

// One row of the lens as cells.
std::vector<Cell> lens_cells(const LensRow& row);
Table lens_table(const Session& session, const Lens::View& view);
bool is_plain_number(const Cell& cell);

// Columns that have nothing but numbers stand at the right. `rows` is any range of things with `cells`.
template <class Rows>
void align_numbers(std::vector<Column>& columns, const Rows& rows) {
    if (rows.empty()) return;
    for (size_t i = 0; i < columns.size(); ++i) {
        const bool numbers = std::ranges::all_of(
            rows, [&](const auto& row) { return i < row.cells.size() && is_plain_number(row.cells[i]); });
        if (numbers) columns[i].alignment = Alignment::right;
    }
}

}  // namespace peach::debugger
