#pragma once
// Which tabs each panel of a layout offers, and what is behind a tab.

#include <span>
#include <string>
#include <string_view>

#include "gui/frame.h"
#include "gui/panel_frame.h"

namespace peach::gui {

// The tabs of a layout's panel; the first one is open at the start.
std::span<const Tab> tabs_of(std::string_view panel);

// A few words at the right of the header.
struct PanelHint {
    std::string words;
    Colour colour;
};
PanelHint hint_of(const Frame& frame, std::string_view tab);
void draw_tab(Frame& frame, std::string_view tab, const Area& area);

}  // namespace peach::gui
