// Events: every change of a process's state in a sentence, the newest at the bottom. A click goes to that
// moment.

#include <fmt/format.h>

#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

// The state that it came to, who, and why; the cause behind it where there is room.
void draw_event(Frame& frame, Pen& pen, const EventLine& event, const Area& area, bool newest) {
    const float sign = std::round(frame.em() * 1.1f);
    pen.state_sign({area.left, std::round(area.top + (area.height - sign) / 2), sign, sign}, event.to);
    ImFont* label = frame.fonts.label;
    const float y = Pen::middle(area.top, area.height, label);
    const Colour colour = newest ? frame.theme.text : frame.theme.dim;
    const float who_left = area.left + sign + frame.em() * 0.5f;
    const float why_left = who_left + frame.em() * 5.5f;
    pen.text_cut(who_left, why_left - 4, y, newest ? frame.fonts.strong : label, colour, event.who);
    const std::string both = event.cause.empty() ? event.why : fmt::format("{} ({})", event.why, event.cause);
    const bool fits = Pen::width(label, both) <= area.right() - why_left;
    pen.text_cut(why_left, area.right(), y, label, colour, fits ? both : event.why);
}

}  // namespace

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
    const float right = area.right() - ImGui::GetStyle().ScrollbarSize - 4;
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
        draw_event(frame, pen, event, {x, line.top, right - x, line.height}, i + 1 == events.size());
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
