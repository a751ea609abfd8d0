#pragma once
// One of a few things: a button that shows which, and folds out a list of all.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gui/frame.h"

namespace peach::gui {

struct Choice {
    std::string key;  // of its widget: ID.KEY
    std::string_view title;
};

struct ChooserLook {
    std::string_view id;
    std::string_view hint;  // under the pointer
    std::optional<size_t> current;
};

// Wide enough for each of them.
float chooser_width(const Frame& frame, std::span<const Choice> choices);
// The one that was chosen in this frame. An area that is narrower shows the sign alone.
std::optional<size_t> draw_chooser(Frame& frame, const Area& area, std::span<const Choice> choices,
                                   const ChooserLook& look);

}  // namespace peach::gui
