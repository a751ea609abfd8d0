// Processes: the kernel's own process control blocks, in the columns that the kernel's lens gives.

#include <fmt/format.h>

#include <cmath>

#include "gui/panels/panels.h"
#include "gui/panels/table_grid.h"

namespace peach::gui {

namespace {

void draw_row(Frame& frame, TableGrid& grid, const debugger::ProcessRow& row, const Area& line) {
    Pen& pen = grid.pen();
    if (row.running_on) {
        pen.fill(line, frame.theme.accent_ground);
        pen.fill({line.left, line.top, 3, line.height}, frame.theme.accent);
    }
    const float sign = std::round(frame.em() * 1.1f);
    pen.state_sign({line.left + std::round(frame.em() * 0.6f),
                    std::round(line.top + (line.height - sign) / 2), sign, sign},
                   row.state.role);
    grid.draw_cells(line, row.cells, fmt::format("process.{}", row.pid));
    frame.widgets.add(fmt::format("process.{}", row.pid), line.left, line.top, line.right(), line.bottom(),
                      row.state.name);
    if (pointer_in(line)) {
        tooltip(frame, fmt::format("{} {}: {}\nits process control block stands at 0x{:08x}", row.pid,
                                   row.name, row.state.name, row.address));
    }
}

}  // namespace

void draw_processes(Frame& frame, const Area& area) {
    frame.wishes.processes = true;
    const debugger::ProcessView& view = frame.model.processes;
    if (!view.message.empty() || view.rows.empty()) {
        draw_message(frame, area, view.message.empty() ? "No process lives at this moment." : view.message);
        return;
    }
    TableGrid grid(frame, view.columns, std::round(frame.em() * 2.3f));
    for (const debugger::ProcessRow& row : view.rows) grid.measure(row.cells);
    grid.begin("process rows", area, view.rows.size());
    for (size_t i = 0; i < view.rows.size(); i++) {
        if (const auto line = grid.row(i)) draw_row(frame, grid, view.rows[i], *line);
    }
    grid.end();
}

}  // namespace peach::gui
