#pragma once
// Any view of the lens as a table: the kernel's structures in the columns that the lens gives them.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "debugger/lens.h"
#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

// One row of the lens as cells.
std::vector<Cell> lens_cells(const LensRow& row);
Table lens_table(const Session& session, const Lens::View& view);
bool is_plain_number(const Cell& cell);

// The rows of a view at this moment, with their numbers and texts by the columns' names. Without such a lens
// or view there are no rows; without such a column all is 0 or empty.
class LensReading {
  public:
    LensReading(const Session& session, unsigned cpu, std::string_view view);

    const std::vector<LensRow>& all() const { return rows_.rows; }
    const std::string& error() const { return rows_.error; }  // why the list ended early, else empty
    bool has(std::string_view column) const { return view_ != nullptr && view_->column(column).has_value(); }
    uint32_t number(const LensRow& row, std::string_view column) const;
    std::string text(const LensRow& row, std::string_view column) const;

  private:
    const Lens::View* view_ = nullptr;
    LensRows rows_;
};

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
