#pragma once
// Small strokes that all panels share: text in a place, bars, hatches, buttons.

#include <imgui.h>

#include <string_view>

#include "gui/frame.h"

namespace peach::gui {

// Draws into the ImGui window that is open when it is made.
class Pen {
  public:
    explicit Pen(const Frame& frame) : frame_(frame), list_(*ImGui::GetWindowDrawList()) {}

    // All return the x at which the text ends.
    float text(float x, float y, ImFont* font, Colour colour, std::string_view words);
    float text_right(float right, float y, ImFont* font, Colour colour, std::string_view words);
    float text_centred(float x, float y, ImFont* font, Colour colour, std::string_view words);
    // Cut with an ellipsis where it would pass `right`.
    float text_cut(float x, float right, float y, ImFont* font, Colour colour, std::string_view words);
    // The top at which a line of this font stands in the middle of a row.
    static float middle(float top, float height, const ImFont* font);
    static float width(ImFont* font, std::string_view words);

    void fill(const Area& area, Colour colour, float rounding = 0);
    void outline(const Area& area, Colour colour, float rounding = 0, float thickness = 1);
    void line(float x1, float y1, float x2, float y2, Colour colour, float thickness = 1);
    void triangle(ImVec2 a, ImVec2 b, ImVec2 c, Colour colour);
    void disc(float x, float y, float radius, Colour colour);
    void ring(float x, float y, float radius, Colour colour, float thickness);
    // Strokes over an area, in whole pixels.
    void hatch(const Area& area, Hatch hatch, Colour colour);
    // A disc, or a ring for a breakpoint that is passed.
    void breakpoint_sign(const Area& area, bool enabled);
    // A process state's sign: its colour, with its letter inside.
    void state_sign(const Area& area, debugger::StateRole role);
    ImDrawList& list() { return list_; }

  private:
    const Frame& frame_;
    ImDrawList& list_;
};

// ---- the pointer ----
bool pointer_in(const Area& area);  // over it, and nothing stands in front of it
bool clicked(const Area& area);
bool double_clicked(const Area& area);
bool right_clicked(const Area& area);
void tooltip(const Frame& frame, std::string_view words);

// A button of our own look; true when it was pressed. `draw` paints the inside.
struct ButtonLook {
    bool enabled = true;
    bool active = false;
};
bool button(Frame& frame, std::string_view id, const Area& area, ButtonLook look,
            const std::function<void(Pen&, const Area&, Colour)>& draw);
bool text_button(Frame& frame, std::string_view id, const Area& area, ButtonLook look,
                 std::string_view words);

// ---- numbers for people ----
std::string with_commas(uint64_t number);  // 1,234,567
// The same for every number in a sentence or a table's cell: not for hexadecimal ones, names that have digits
// in them, and FILE:LINE.
std::string with_commas_in(std::string_view words);
std::string short_count(double number);     // 812, 12.3 k, 4.5 M
std::string short_rate(double per_second);  // "812 MIPS", "3 instr/s"

}  // namespace peach::gui
