#include "gui/panel_frame.h"

#include <cmath>

#include "gui/draw.h"

namespace peach::gui {

PanelFrame draw_panel_frame(Frame& frame, const std::string& panel, const Area& area,
                            std::span<const Tab> tabs, std::string& open, std::string_view hint,
                            Colour hint_colour) {
    Pen pen(frame);
    const Theme& theme = frame.theme;
    const float height = std::round(frame.em() * 1.75f);
    const Area header = {area.left, area.top, area.width, height};
    pen.fill(area, theme.panel);
    pen.fill(header, theme.header);
    ImFont* font = frame.fonts.strong;
    float x = area.left + std::round(frame.em() * 0.6f);
    for (const Tab& tab : tabs) {
        const float width = Pen::width(font, tab.title);
        const Area spot = {x - frame.em() * 0.3f, area.top, width + frame.em() * 0.6f, height};
        const bool is_open = tab.name == open;
        if (tabs.size() > 1) {
            if (clicked(spot)) open = tab.name;
            if (is_open) pen.fill({x, header.bottom() - 2, width, 2}, theme.accent);
            frame.widgets.add(panel + ".tab." + std::string(tab.name), spot.left, spot.top, spot.right(),
                              spot.bottom(), is_open ? "open" : "");
        }
        const bool bright = tabs.size() == 1 || is_open || pointer_in(spot);
        x = pen.text(x, Pen::middle(area.top, height, font), font, bright ? theme.text : theme.dim,
                     tab.title);
        x += std::round(frame.em() * 1.1f);
    }
    ImFont* small = frame.fonts.small;
    const float hint_right = area.right() - std::round(frame.em() * 0.6f);
    const float hint_width = Pen::width(small, hint);
    if (hint_right - hint_width > x) {
        pen.text_right(hint_right, Pen::middle(area.top, height, small), small, hint_colour, hint);
    }
    frame.widgets.add("panel." + panel, area.left, area.top, area.right(), area.bottom(), std::string(hint));
    return {{area.left, header.bottom(), area.width, std::max(area.height - height, 0.0f)},
            double_clicked(header)};
}

void draw_state_legend(Frame& frame, const Area& header) {
    Pen pen(frame);
    ImFont* font = frame.fonts.small;
    const float sign = std::round(frame.em() * 0.95f);
    const float gap = std::round(frame.em() * 0.35f);
    float right = header.right() - std::round(frame.em() * 0.6f);
    const float y = std::round(header.top + (header.height - sign) / 2);
    const auto entry = [&](std::string_view name, const std::function<void(const Area&)>& draw_sign) {
        const float left = right - Pen::width(font, name) - gap - sign;
        if (left < header.left) return;
        pen.text(left + sign + gap, Pen::middle(header.top, header.height, font), font, frame.theme.dim,
                 name);
        draw_sign({left, y, sign, sign});
        right = left - std::round(frame.em() * 0.8f);
    };
    entry("kernel", [&](const Area& spot) { pen.fill(spot, frame.theme.kernel, 3); });
    for (auto state = frame.model.states.rbegin(); state != frame.model.states.rend(); ++state) {
        if (state->role == debugger::StateRole::unused || state->role == debugger::StateRole::other) continue;
        entry(state->name, [&](const Area& spot) { pen.state_sign(spot, state->role); });
    }
}

}  // namespace peach::gui
