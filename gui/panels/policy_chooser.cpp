// The scheduling policy: a switch of the machine's front panel, drawn as a list that folds out. The lamp,
// which the kernel drives, says what is in force.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

constexpr const char* kPopup = "policies";
constexpr uint8_t kPolicySwitch = 0;

std::string_view name_in_force(const Model& model) {
    const auto found = std::ranges::find(model.policies, model.policy, &debugger::Policy::number);
    return found == model.policies.end() ? "?" : std::string_view(found->name);
}

float widest_name(const Frame& frame) {
    float width = 0;
    for (const debugger::Policy& policy : frame.model.policies)
        width = std::max(width, Pen::width(frame.fonts.label, policy.name));
    return width;
}

void draw_list(Frame& frame, const Area& button) {
    const float row = std::round(frame.em() * 1.9f);
    const float edge = std::round(frame.em() * 0.3f);
    const float width = std::round(widest_name(frame) + frame.em() * 3);
    const float height = row * static_cast<float>(frame.model.policies.size()) + edge * 2;
    ImGui::SetNextWindowPos({button.left, button.bottom() + edge});
    ImGui::SetNextWindowSize({width, height});
    if (!ImGui::BeginPopup(kPopup, ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoScrollbar)) return;
    const ImVec2 corner = ImGui::GetWindowPos();
    Pen pen(frame);
    pen.fill({corner.x, corner.y, width, height}, frame.theme.header);
    pen.outline({corner.x, corner.y, width, height}, frame.theme.line);
    float top = corner.y + edge;
    for (const debugger::Policy& policy : frame.model.policies) {
        const Area spot = {corner.x + edge, top, width - edge * 2, row - 2};
        const ButtonLook look = {true, policy.number == frame.model.policy};
        if (text_button(frame, fmt::format("transport.policy.{}", policy.number), spot, look, policy.name)) {
            frame.actions.emplace_back([number = policy.number](debugger::Session& session) {
                session.move_switch(kPolicySwitch, number);
            });
            ImGui::CloseCurrentPopup();
        }
        top += row;
    }
    ImGui::EndPopup();
}

}  // namespace

float policy_chooser_width(const Frame& frame) {
    return std::round(widest_name(frame) + frame.em() * 2.8f);
}

void draw_policy_chooser(Frame& frame, const Area& area) {
    const auto draw_inside = [&](Pen& pen, const Area& inside, Colour colour) {
        ImFont* font = frame.fonts.label;
        const float size = frame.em() * 0.28f;
        const float x = inside.right() - frame.em();
        const float y = inside.top + inside.height / 2;
        pen.text(inside.left + frame.em() * 0.7f, Pen::middle(inside.top, inside.height, font), font, colour,
                 name_in_force(frame.model));
        pen.triangle({x - size, y - size * 0.6f}, {x, y + size}, {x + size, y - size * 0.6f}, colour);
    };
    if (button(frame, "transport.policy", area, {}, draw_inside)) ImGui::OpenPopup(kPopup);
    if (ImGui::IsItemHovered())
        tooltip(frame, "Front panel, switch 0: how the kernel chooses who runs next.");
    draw_list(frame, area);
}

}  // namespace peach::gui
