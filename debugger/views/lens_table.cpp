#include "debugger/views/lens_table.h"

#include <utility>

namespace peach::debugger {

std::vector<Cell> lens_cells(const LensRow& row) {
    std::vector<Cell> cells;
    cells.reserve(row.cells.size());
    for (const LensCell& cell : row.cells) {
        cells.push_back({.text = cell.text,
                         .value = cell.is_number ? std::optional(cell.number) : std::nullopt,
                         .address = cell.address});
    }
    return cells;
}

bool is_plain_number(const Cell& cell) {
    return cell.value && !cell.text.empty() &&
           cell.text.find_first_not_of("-0123456789") == std::string::npos;
}

LensReading::LensReading(const Session& session, unsigned cpu, std::string_view view) {
    if (session.lens() != nullptr) view_ = session.lens()->find_view(view);
    const PhysicalMemory memory(session.machine());
    if (view_ != nullptr) rows_ = session.lens()->evaluate(*view_, {.memory = memory, .cpu = cpu});
}

uint32_t LensReading::number(const LensRow& row, std::string_view column) const {
    const auto index = view_->column(column);
    return index ? static_cast<uint32_t>(row.cells[*index].number) : 0;
}

std::string LensReading::text(const LensRow& row, std::string_view column) const {
    const auto index = view_->column(column);
    return index ? row.cells[*index].text : "";
}

Table lens_table(const Session& session, const Lens::View& view) {
    Table table{.title = view.title, .columns = {}, .rows = {}, .note = {}};
    for (const LensColumn& column : view.columns) table.columns.push_back({column.title});
    const PhysicalMemory memory(session.machine());
    LensRows found = session.lens()->evaluate(view, {.memory = memory,
                                                     .registers = nullptr,
                                                     .cpu = session.focus_cpu(),
                                                     .clock = session.machine().clock()});
    for (const LensRow& row : found.rows) table.rows.push_back({.cells = lens_cells(row), .current = false});
    table.note = std::move(found.error);
    align_numbers(table.columns, table.rows);
    return table;
}

}  // namespace peach::debugger
