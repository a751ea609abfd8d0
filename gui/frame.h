#pragma once
// What a panel gets to draw one frame with, and what it may ask for.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gui/fonts.h"
#include "gui/layout.h"
#include "gui/model.h"
#include "gui/panels/timeline_range.h"
#include "gui/theme.h"
#include "gui/widget_table.h"

namespace peach::gui {

// Done to the session at the beginning of the next frame, in order.
using Action = std::function<void(debugger::Session&)>;

// Where a process token stands in the diagram, or how far it has come.
struct Walk {
    uint8_t from = 0;
    uint8_t to = 0;
    double begin = -1000;  // seconds
    double seen = 0;       // the last frame it was there
};

// What the window remembers from frame to frame. Nothing of the guest: that is in the model.
struct ViewState {
    bool terminal_focused = false;
    bool terminal_follow = true;
    bool help_open = false;
    bool light = false;
    bool full_screen = false;
    size_t layout = 0;  // index into layouts()

    TimelineView chart;

    std::unordered_map<std::string, std::string> tabs;  // panel -> the tab that is open

    // Registers: last value shown and when it changed, for the flash.
    struct Flash {
        uint32_t value = 0;
        double since = -1000;
        bool known = false;
    };
    std::unordered_map<std::string, Flash> flashes;
    std::unordered_map<uint64_t, Walk> walks;  // by pid and birth

    std::optional<uint32_t> memory_address;
    std::string memory_text;
    std::string memory_error;

    // Source: the row that is held in place, and how far from the top.
    struct CodePlace {
        uint32_t address = 0;
        debugger::CodeRowKind kind = debugger::CodeRowKind::instruction;
        float y = 0;
        uint32_t pc = 1;  // the one that was last brought into view
    } code_place;
    std::optional<uint32_t> code_address;   // looked at; nothing: the pc
    std::optional<uint32_t> code_selected;  // the line that was clicked, until time moves
    std::string under_pointer;              // a register's name or an address, for "who wrote this?"
    // The page of RAM under the pointer, whichever panel shows it; panels mark the one of the last frame.
    std::optional<uint32_t> page_pointed_at, page_to_mark;

    std::string message;  // an answer to the person: "no symbol of that name: ..."
    double message_since = -1000;
};

// Instructions a second; above this, single ones cannot be seen.
inline constexpr double kReadableSpeed = 60;

struct Frame {
    const Model& model;
    const Theme& theme;
    const Fonts& fonts;
    WidgetTable& widgets;
    ViewState& view;
    Wishes& wishes;
    std::vector<Action>& actions;
    std::optional<debugger::Pace>& new_pace;
    double now = 0;             // seconds
    bool* animating = nullptr;  // to be set by whoever wants another frame soon

    float em() const { return fonts.pixels; }
    void keep_moving() const { *animating = true; }
    void run(debugger::CommandId id, std::string argument = {});
    void say(std::string message) const {
        view.message = std::move(message);
        view.message_since = now;
    }
    void point_at_page(uint32_t physical_address) const {
        view.page_pointed_at = physical_address;
        if (view.page_to_mark != view.page_pointed_at) keep_moving();
    }
    // A run so fast that single instructions cannot be seen.
    bool blurred() const {
        return model.running() && !model.status.idle &&
               (model.pace.instructions_per_second == 0 ||
                model.pace.instructions_per_second > kReadableSpeed);
    }
};

}  // namespace peach::gui
