// The terminal: the guest's console. With the keyboard in it, what is typed goes to the guest.

#include <fmt/format.h>

#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

struct Grid {
    float left;
    float top;  // of the first line
    float letter;
    float line_height;
};

void draw_caret(Frame& frame, Pen& pen, const Grid& grid) {
    const debugger::TerminalView& view = frame.model.terminal;
    const Area caret = {grid.left + static_cast<float>(view.cursor_column) * grid.letter,
                        grid.top + static_cast<float>(view.cursor_line) * grid.line_height, grid.letter,
                        grid.line_height};
    if (frame.view.terminal_focused) {
        pen.fill(caret, frame.theme.accent);
    } else {
        pen.outline(caret, frame.theme.faint);
    }
}

// A double click on a character goes to the moment at which the guest sent it.
void seek_to_character(Frame& frame, const debugger::TerminalLine& line, const Grid& grid,
                       const Area& where) {
    if (!double_clicked(where)) return;
    const auto column =
        static_cast<size_t>(std::max(0.0f, (ImGui::GetIO().MousePos.x - grid.left) / grid.letter));
    if (column >= line.cycles.size()) return;
    frame.actions.emplace_back(
        [cycle = line.cycles[column]](debugger::Session& session) { session.seek(cycle); });
}

}  // namespace

void draw_terminal(Frame& frame, const Area& area) {
    frame.wishes.terminal = true;
    const debugger::TerminalView& view = frame.model.terminal;
    if (ImGui::IsMouseClicked(0)) frame.view.terminal_focused = pointer_in(area);
    ImFont* font = frame.fonts.code;
    const float pad = std::round(frame.em() * 0.6f);
    const float line_height = std::round(frame.em() * 1.3f);
    ImGui::SetCursorScreenPos({area.left, area.top});
    ImGui::BeginChild("terminal", {area.width, area.height});
    const bool at_end = ImGui::GetScrollY() >= ImGui::GetScrollMaxY() - 1;
    const Grid grid = {area.left + pad, area.top + pad / 2 - ImGui::GetScrollY(), Pen::width(font, "0"),
                       line_height};
    Pen pen(frame);
    draw_caret(frame, pen, grid);
    for (size_t i = 0; i < view.lines.size(); i++) {
        const Area line = {area.left, grid.top + static_cast<float>(i) * line_height, area.width,
                           line_height};
        if (line.bottom() < area.top || line.top > area.bottom()) continue;
        pen.text(grid.left, Pen::middle(line.top, line.height, font), font, frame.theme.text,
                 view.lines[i].text);
        seek_to_character(frame, view.lines[i], grid, line);
    }
    for (size_t i = view.lines.size() > 40 ? view.lines.size() - 40 : 0; i < view.lines.size(); i++) {
        frame.widgets.add(fmt::format("terminal.line.{}", i), area.left,
                          grid.top + static_cast<float>(i) * line_height, area.right(),
                          grid.top + static_cast<float>(i + 1) * line_height, view.lines[i].text);
    }
    ImGui::Dummy(
        {1, line_height * static_cast<float>(std::max(view.lines.size(), view.cursor_line + 1)) + pad});
    if (at_end) ImGui::SetScrollHereY(1);
    ImGui::EndChild();
    if (frame.view.terminal_focused) {
        Pen(frame).outline({area.left, area.top, area.width, area.height}, frame.theme.accent, 0, 2);
    }
    frame.widgets.add("terminal", area.left, area.top, area.right(), area.bottom(),
                      frame.view.terminal_focused ? "focused" : "");
}

}  // namespace peach::gui
