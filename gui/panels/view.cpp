// Any view of the debugger's catalogue or of the kernel's lens, as the table that `peach show` prints.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/panels/panels.h"
#include "gui/panels/table_grid.h"

namespace peach::gui {

namespace {

// A row that stands for a moment or for code leads there.
void follow_row(Frame& frame, const Area& line, std::string_view name, const debugger::Row& row) {
    if (!clicked(line) || row.cells.empty()) return;
    const auto number = row.cells.front().value;
    if (!number) return;
    const int64_t value = *number;
    if (name == "frames") frame.view.code_address = static_cast<uint32_t>(value);
    if (name == "bookmarks") {
        frame.actions.emplace_back(
            [value](debugger::Session& session) { session.seek(static_cast<uint64_t>(value)); });
    }
}

// Of a breakpoint, in the margin: a click lets runs pass it, or stop again. A click beside it shows its
// place.
void draw_breakpoint_sign(Frame& frame, Pen& pen, const Area& line, const debugger::Row& row, float margin) {
    const auto found = std::ranges::find_if(
        frame.model.breakpoints,
        [&](const debugger::Breakpoint& candidate) { return row.cells.front().value == candidate.id; });
    if (found == frame.model.breakpoints.end()) return;
    const Area sign = {line.left, line.top, margin, line.height};
    pen.breakpoint_sign(sign, found->enabled);
    frame.widgets.add(fmt::format("breakpoint.{}", found->id), sign.left, sign.top, sign.right(),
                      sign.bottom(), found->enabled ? "on" : "off");
    if (pointer_in(sign))
        tooltip(frame, found->enabled ? "Click: runs pass it" : "Click: runs stop here again");
    if (clicked(sign)) {
        frame.run(debugger::CommandId::enable_breakpoint, std::to_string(found->id));
    } else if (clicked(line) && !found->addresses.empty()) {
        frame.view.code_address = found->addresses.front();
    }
}

void draw_note(Frame& frame, const Area& area, std::string_view words) {
    Pen pen(frame);
    pen.fill(area, frame.theme.header);
    pen.text_cut(area.left + frame.em() * 0.6f, area.right() - 4,
                 Pen::middle(area.top, area.height, frame.fonts.label), frame.fonts.label, frame.theme.text,
                 words);
    if (pointer_in(area)) tooltip(frame, words);
}

}  // namespace

void draw_view(Frame& frame, const Area& area, std::string_view name) {
    frame.wishes.views.emplace_back(name);
    const auto found = frame.model.views.find(name);
    if (found == frame.model.views.end()) return;  // it comes with the next frame
    const debugger::Table& table = found->second;
    if (table.rows.empty()) {
        draw_message(frame, area,
                     table.note.empty() ? "There is nothing of this at the moment." : table.note);
        return;
    }
    const float note_height = table.note.empty() ? 0 : std::round(frame.em() * 1.7f);
    const Area rows = {area.left, area.top, area.width, area.height - note_height};
    const bool breakpoints = name == "breakpoints";
    const float margin = std::round(frame.em() * (breakpoints ? 2.2f : 0.8f));
    TableGrid grid(frame, table.columns, margin);
    for (const debugger::Row& row : table.rows) grid.measure(row.cells);
    grid.begin(found->first.c_str(), rows, table.rows.size());
    for (size_t i = 0; i < table.rows.size(); i++) {
        const auto line = grid.row(i);
        if (!line) continue;
        if (table.rows[i].current) grid.pen().fill(*line, frame.theme.accent_ground);
        grid.draw_cells(*line, table.rows[i].cells, fmt::format("view.{}.{}", name, i));
        follow_row(frame, *line, name, table.rows[i]);
        if (breakpoints) draw_breakpoint_sign(frame, grid.pen(), *line, table.rows[i], margin);
    }
    grid.end();
    const std::string note = with_commas_in(table.note);
    if (note_height > 0) draw_note(frame, {area.left, rows.bottom(), area.width, note_height}, note);
    frame.widgets.add(fmt::format("view.{}", name), area.left, area.top, area.right(), area.bottom(), note);
}

}  // namespace peach::gui
