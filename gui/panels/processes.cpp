// Processes: the kernel's own process control blocks, in the columns that the kernel's lens gives.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

// As wide as the title or the widest cell; columns that do not fit are left out from the right, none is cut
// short.
struct ColumnPlace {
    size_t index;
    float left;
    float width;
    bool right_aligned;
};

std::vector<ColumnPlace> place_columns(const Frame& frame, float left, float width) {
    const debugger::ProcessView& view = frame.model.processes;
    const float gap = std::round(frame.em() * 1.1f);
    std::vector<ColumnPlace> places;
    float x = left;
    for (size_t i = 0; i < view.columns.size(); i++) {
        float needed = Pen::width(frame.fonts.small, view.columns[i].title);
        for (const debugger::ProcessRow& row : view.rows) {
            if (i < row.cells.size())
                needed = std::max(needed, Pen::width(frame.fonts.code, row.cells[i].text));
        }
        needed = std::min(std::ceil(needed), frame.em() * 22);
        if (x + needed > left + width && !places.empty()) break;
        places.push_back({i, x, needed, view.columns[i].alignment == debugger::Alignment::right});
        x += needed + gap;
    }
    return places;
}

void draw_cell(Pen& pen, const Frame& frame, const ColumnPlace& place, const debugger::Cell& cell, float y,
               Colour colour) {
    ImFont* font = frame.fonts.code;
    if (place.right_aligned) {
        pen.text_right(place.left + place.width, y, font, colour, cell.text);
    } else {
        pen.text_cut(place.left, place.left + place.width + 1, y, font, colour, cell.text);
    }
}

void draw_row(Frame& frame, Pen& pen, const debugger::ProcessRow& row, const Area& line,
              const std::vector<ColumnPlace>& places) {
    const Theme& theme = frame.theme;
    const bool running = row.running_on.has_value();
    if (running) pen.fill(line, theme.accent_ground);
    if (running) pen.fill({line.left, line.top, 3, line.height}, theme.accent);
    const float sign = std::round(frame.em() * 1.1f);
    const float sign_left = line.left + std::round(frame.em() * 0.6f);
    pen.state_sign({sign_left, std::round(line.top + (line.height - sign) / 2), sign, sign}, row.state.role);
    const float y = Pen::middle(line.top, line.height, frame.fonts.code);
    for (const ColumnPlace& place : places) {
        if (place.index >= row.cells.size()) continue;
        const debugger::Cell& cell = row.cells[place.index];
        const Colour colour = cell.changed && !frame.blurred() ? theme.accent : theme.text;
        draw_cell(pen, frame, place, cell, y, colour);
        std::string id =
            fmt::format("process.{}.{}", row.pid, frame.model.processes.columns[place.index].title);
        std::transform(id.begin(), id.end(), id.begin(), [](unsigned char c) { return std::tolower(c); });
        frame.widgets.add(std::move(id), place.left, line.top, place.left + place.width, line.bottom(),
                          cell.text);
    }
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
    Pen pen(frame);
    const float heading = std::round(frame.em() * 1.5f);
    const float row_height = std::round(frame.em() * 1.55f);
    const float left = area.left + std::round(frame.em() * 2.3f);
    const std::vector<ColumnPlace> places =
        place_columns(frame, left, area.right() - left - frame.em() * 0.6f);
    const float heading_y = Pen::middle(area.top, heading, frame.fonts.small);
    for (const ColumnPlace& place : places) {
        const std::string& title = view.columns[place.index].title;
        if (place.right_aligned) {
            pen.text_right(place.left + place.width, heading_y, frame.fonts.small, frame.theme.dim, title);
        } else {
            pen.text(place.left, heading_y, frame.fonts.small, frame.theme.dim, title);
        }
    }
    pen.fill({area.left, area.top + heading, area.width, 1}, frame.theme.line);
    const Area rows = {area.left, area.top + heading + 1, area.width, area.height - heading - 1};
    ImGui::SetCursorScreenPos({rows.left, rows.top});
    ImGui::BeginChild("process rows", {rows.width, rows.height});
    Pen inside(frame);
    float y = rows.top - ImGui::GetScrollY();
    for (const debugger::ProcessRow& row : view.rows) {
        if (y + row_height > rows.top && y < rows.bottom()) {
            draw_row(frame, inside, row, {rows.left, y, rows.width, row_height}, places);
        }
        y += row_height;
    }
    ImGui::Dummy({1, row_height * static_cast<float>(view.rows.size())});
    ImGui::EndChild();
}

}  // namespace peach::gui
