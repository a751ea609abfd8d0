// The time slider: all of history from end to end. Dragging goes there.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"

namespace peach::gui {

void draw_time_slider(Frame& frame, const Area& area) {
    Pen pen(frame);
    const Theme& theme = frame.theme;
    const Model& model = frame.model;
    pen.fill(area, theme.header);
    const float pad = std::round(frame.em() * 0.8f);
    const Area track = {area.left + pad, area.top, area.width - 2 * pad, area.height};
    const auto length = static_cast<double>(std::max<uint64_t>(model.frontier - model.first, 1));
    const auto x_of = [&](uint64_t cycle) {
        return track.left +
               static_cast<float>(static_cast<double>(cycle - model.first) / length) * track.width;
    };
    ImGui::SetCursorScreenPos({track.left, track.top});
    ImGui::InvisibleButton("time", {std::max(track.width, 1.0f), std::max(track.height, 1.0f)});
    const bool hovered = ImGui::IsItemHovered() || ImGui::IsItemActive();
    const float share = std::clamp((ImGui::GetIO().MousePos.x - track.left) / track.width, 0.0f, 1.0f);
    const uint64_t under = model.first + static_cast<uint64_t>(static_cast<double>(share) * length);
    if (ImGui::IsItemActive() && (ImGui::IsItemActivated() || ImGui::GetIO().MouseDelta.x != 0)) {
        frame.actions.emplace_back([under](debugger::Session& session) {
            session.pause();
            session.seek(under);
        });
    }
    if (hovered) tooltip(frame, fmt::format("go to t = {}", with_commas(under)));

    const Colour colour = model.live ? theme.live : theme.past;
    const float y = std::round(track.top + track.height / 2);
    const float x = std::round(x_of(model.cursor));
    pen.fill({track.left, y - 2, track.width, 4}, theme.raised_more, 2);
    pen.fill({track.left, y - 2, x - track.left, 4}, with_alpha(colour, 170), 2);
    const float radius = std::round(frame.em() * (hovered ? 0.48f : 0.4f));
    for (const debugger::Bookmark& bookmark : model.bookmarks) {
        if (bookmark.cycle > model.frontier) continue;
        const float at = std::round(x_of(bookmark.cycle));
        pen.triangle({at - radius * 0.7f, track.top}, {at, y - 2}, {at + radius * 0.7f, track.top},
                     theme.mnemonic);
    }
    pen.disc(x, y, radius, colour);
    pen.ring(x, y, radius + 1, theme.header, 1.5f);
    frame.widgets.add("time", track.left, track.top, track.right(), track.bottom(),
                      std::to_string(model.cursor));
}

}  // namespace peach::gui
