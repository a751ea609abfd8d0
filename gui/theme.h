#pragma once
// Colours and marks. Nothing is told by colour alone: a process state is colour + bar height + hatch +
// letter.

#include <cstdint>

#include "debugger/event_log.h"

namespace peach::gui {

// 0xAABBGGRR, as ImGui takes it.
using Colour = uint32_t;

constexpr Colour rgb(uint32_t rrggbb, uint32_t alpha = 255) {
    return alpha << 24 | (rrggbb & 0xFF) << 16 | (rrggbb & 0xFF00) | (rrggbb >> 16 & 0xFF);
}
constexpr Colour with_alpha(Colour colour, uint32_t alpha) {
    return (colour & 0xFFFFFF) | alpha << 24;
}
// `share` of 0 is `from`, 1 is `to`.
Colour between(Colour from, Colour to, float share);

enum class Hatch : uint8_t { none, dotted, diagonal, crossed };

// A colour for something that has only a number, such as a process: neighbours in number are far apart in
// hue.
Colour numbered_colour(uint32_t number, bool light);

struct StateStyle {
    Colour dark;
    Colour light;
    float bar_height;  // share of a timeline row
    debugger::StateRole role;
    char letter;
    Hatch hatch;
};

// The style of a process state, by the role that the kernel's lens gives it.
const StateStyle& state_style(debugger::StateRole role);

struct Theme {
    bool light = false;
    Colour ground;       // between panels
    Colour panel;        // the ground of a panel
    Colour header;       // a panel's title strip
    Colour raised;       // buttons, fields, table headings
    Colour raised_more;  // the same under the pointer
    Colour line;         // rules and borders
    Colour text;
    Colour dim;            // captions, addresses
    Colour faint;          // what is there but does not matter now
    Colour accent;         // the focus: current line, active tab, the cursor in time
    Colour accent_ground;  // behind the current line
    Colour change;         // ground of a value that has just changed
    Colour past;           // the amber of a window that shows the past
    Colour live;
    Colour breakpoint;
    Colour kernel;    // kernel time
    Colour idle;      // nothing to run
    Colour mnemonic;  // and the rest of an instruction's words
    Colour number;
    Colour comment;
    Colour keyword;

    Colour state(debugger::StateRole role) const {
        const StateStyle& style = state_style(role);
        return light ? style.light : style.dark;
    }
};

const Theme& dark_theme();
const Theme& light_theme();

// Sets ImGui's own style to match: flat, square to the pixel, quick to rasterise.
void apply(const Theme& theme, float font_pixels);

}  // namespace peach::gui
