#include "gui/panels/chooser.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/draw.h"

namespace peach::gui {

namespace {

float widest_title(const Frame& frame, std::span<const Choice> choices) {
    float width = 0;
    for (const Choice& choice : choices) width = std::max(width, Pen::width(frame.fonts.label, choice.title));
    return width;
}

std::optional<size_t> draw_list(Frame& frame, const Area& button, std::span<const Choice> choices,
                                const ChooserLook& look) {
    const float row = std::round(frame.em() * 1.9f);
    const float edge = std::round(frame.em() * 0.3f);
    const float width = std::round(widest_title(frame, choices) + frame.em() * 3);
    const float height = row * static_cast<float>(choices.size()) + edge * 2;
    ImGui::SetNextWindowPos({button.left, button.bottom() + edge});
    ImGui::SetNextWindowSize({width, height});
    if (!ImGui::BeginPopup(std::string(look.id).c_str(),
                           ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoScrollbar)) {
        return std::nullopt;
    }
    const ImVec2 corner = ImGui::GetWindowPos();
    Pen pen(frame);
    pen.fill({corner.x, corner.y, width, height}, frame.theme.header);
    pen.outline({corner.x, corner.y, width, height}, frame.theme.line);
    std::optional<size_t> chosen;
    for (size_t i = 0; i < choices.size(); i++) {
        const float top = corner.y + edge + static_cast<float>(i) * row;
        const Area spot = {corner.x + edge, top, width - edge * 2, row - 2};
        if (text_button(frame, fmt::format("{}.{}", look.id, choices[i].key), spot, {true, look.current == i},
                        choices[i].title)) {
            chosen = i;
            ImGui::CloseCurrentPopup();
        }
    }
    ImGui::EndPopup();
    return chosen;
}

}  // namespace

float chooser_width(const Frame& frame, std::span<const Choice> choices) {
    return std::round(widest_title(frame, choices) + frame.em() * 2.8f);
}

std::optional<size_t> draw_chooser(Frame& frame, const Area& area, std::span<const Choice> choices,
                                   const ChooserLook& look) {
    const std::string_view shown = look.current ? choices[*look.current].title : std::string_view("?");
    const auto draw_inside = [&](Pen& pen, const Area& inside, Colour colour) {
        ImFont* font = frame.fonts.label;
        const float size = frame.em() * 0.28f;
        const float x = inside.right() - frame.em();
        const float y = inside.top + inside.height / 2;
        const float left = inside.left + frame.em() * 0.7f;
        if (left + Pen::width(font, shown) < x - size)
            pen.text(left, Pen::middle(inside.top, inside.height, font), font, colour, shown);
        pen.triangle({x - size, y - size * 0.6f}, {x, y + size}, {x + size, y - size * 0.6f}, colour);
    };
    if (button(frame, look.id, area, {}, draw_inside)) ImGui::OpenPopup(std::string(look.id).c_str());
    if (ImGui::IsItemHovered()) tooltip(frame, look.hint);
    frame.widgets.add(std::string(look.id), area.left, area.top, area.right(), area.bottom(),
                      std::string(shown));
    return draw_list(frame, area, choices, look);
}

}  // namespace peach::gui
