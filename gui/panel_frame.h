#pragma once
// What is around a panel: its ground, its title or tabs, and a few words at the right.

#include <span>
#include <string>
#include <string_view>

#include "gui/frame.h"

namespace peach::gui {

struct Tab {
    std::string_view name;   // in ids: "events"
    std::string_view title;  // on the screen: "Events"
};

struct PanelFrame {
    Area body;  // what is left for the panel
    bool double_clicked = false;
};

// Draws the ground and the header into the ImGui window that is open. A click on a tab changes `open`.
PanelFrame draw_panel_frame(Frame& frame, const std::string& panel, const Area& area,
                            std::span<const Tab> tabs, std::string& open, std::string_view hint,
                            Colour hint_colour);

// The states' signs and names, right-aligned in a header; as many as fit.
void draw_state_legend(Frame& frame, const Area& header);

}  // namespace peach::gui
