// Events: every change of a process's state in a sentence, the newest at the bottom. A click goes to that
// moment.

#include <fmt/format.h>

#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"

namespace peach::gui {

void draw_events(Frame& frame, const Area& area) {
    frame.wishes.events = true;
    const std::vector<EventLine>& events = frame.model.events;
    if (events.empty()) {
        draw_message(frame, area, "No process has changed its state yet.");
        return;
    }
    ImGui::SetCursorScreenPos({area.left, area.top});
    ImGui::BeginChild("events", {area.width, area.height});
    Pen pen(frame);
    const Theme& theme = frame.theme;
    const float row_height = std::round(frame.em() * 1.45f);
    const float time_width =
        Pen::width(frame.fonts.code, with_commas(frame.model.frontier)) + frame.em() * 0.6f;
    const bool at_end = ImGui::GetScrollY() >= ImGui::GetScrollMaxY() - row_height;
    const float top = area.top - ImGui::GetScrollY();
    for (size_t i = 0; i < events.size(); i++) {
        const Area line = {area.left, top + static_cast<float>(i) * row_height, area.width, row_height};
        if (line.bottom() < area.top || line.top > area.bottom()) continue;
        const EventLine& event = events[i];
        if (pointer_in(line)) {
            pen.fill(line, theme.raised);
            tooltip(frame, event.sentence);
        }
        const float y = Pen::middle(line.top, line.height, frame.fonts.code);
        pen.text_right(line.left + time_width, y, frame.fonts.code, theme.dim, with_commas(event.cycle));
        const float x = line.left + time_width + frame.em() * 0.6f;
        pen.fill({x, line.top + 4, 4, line.height - 8}, theme.state(event.to));
        pen.text_cut(x + frame.em() * 0.7f, line.right() - 4,
                     Pen::middle(line.top, line.height, frame.fonts.label), frame.fonts.label,
                     i + 1 == events.size() ? theme.text : theme.dim, event.sentence);
        frame.widgets.add(fmt::format("event.{}", i), line.left, line.top, line.right(), line.bottom(),
                          event.sentence);
        if (clicked(line)) {
            frame.actions.emplace_back(
                [cycle = event.cycle](debugger::Session& session) { session.seek(cycle); });
        }
    }
    ImGui::Dummy({1, row_height * static_cast<float>(events.size())});
    if (at_end) ImGui::SetScrollHereY(1);
    ImGui::EndChild();
}

}  // namespace peach::gui
