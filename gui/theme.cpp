#include "gui/theme.h"

#include <imgui.h>

#include <cmath>

namespace peach::gui {

namespace {

using debugger::StateRole;

// Chosen to stay apart for all three colour-vision deficiencies, on the dark and on the light ground.
constexpr StateStyle kStates[] = {
    {rgb(0x454B53), rgb(0xA8ADB1), 0.0f, StateRole::unused, 'U', Hatch::none},
    {rgb(0xDCB0EB), rgb(0x9F1ACC), 0.45f, StateRole::embryo, 'E', Hatch::dotted},
    {rgb(0x4961FF), rgb(0x101D6F), 0.3f, StateRole::sleeping, 'S', Hatch::none},
    {rgb(0xFFF34F), rgb(0xC28301), 0.6f, StateRole::runnable, 'Q', Hatch::diagonal},
    {rgb(0x009E82), rgb(0x00896A), 1.0f, StateRole::running, '>', Hatch::none},
    {rgb(0xE68F43), rgb(0x8C2610), 0.45f, StateRole::zombie, 'Z', Hatch::crossed},
};
constexpr StateStyle kOther = {rgb(0x8FA3B8), rgb(0x4A5A6B), 0.45f, StateRole::other, '?', Hatch::crossed};

constexpr Theme kDark = {
    .light = false,
    .ground = rgb(0x0E1217),
    .panel = rgb(0x171C24),
    .header = rgb(0x1D232D),
    .raised = rgb(0x262E3A),
    .raised_more = rgb(0x323C4B),
    .line = rgb(0x2B3340),
    .text = rgb(0xDCE3EC),
    .dim = rgb(0x93A0B2),
    .faint = rgb(0x5D6979),
    .accent = rgb(0xFFA07A),
    .accent_ground = rgb(0xFFA07A, 38),
    .change = rgb(0xFFA07A, 90),
    .past = rgb(0xFFB020),
    .live = rgb(0x4FD18B),
    .breakpoint = rgb(0xFF5C64),
    .kernel = rgb(0x9AA7B8),
    .idle = rgb(0x2B3340),
    .mnemonic = rgb(0x8CC8FF),
    .number = rgb(0xE3C78A),
    .comment = rgb(0x7D8B9C),
    .keyword = rgb(0xD7A6F5),
};

constexpr Theme kLight = {
    .light = true,
    .ground = rgb(0xD9DEE5),
    .panel = rgb(0xFFFFFF),
    .header = rgb(0xF0F3F6),
    .raised = rgb(0xE3E8EE),
    .raised_more = rgb(0xD2D9E2),
    .line = rgb(0xCBD3DC),
    .text = rgb(0x11161D),
    .dim = rgb(0x4A5666),
    .faint = rgb(0x8A95A3),
    .accent = rgb(0xC8401A),
    .accent_ground = rgb(0xFF8A5C, 60),
    .change = rgb(0xFF8A5C, 110),
    .past = rgb(0xB86E00),
    .live = rgb(0x0B7A43),
    .breakpoint = rgb(0xC81E2B),
    .kernel = rgb(0x55606E),
    .idle = rgb(0xE3E8EE),
    .mnemonic = rgb(0x0B4FA8),
    .number = rgb(0x7A4B00),
    .comment = rgb(0x5E6A78),
    .keyword = rgb(0x7A1FA2),
};

}  // namespace

Colour numbered_colour(uint32_t number, bool light) {
    constexpr float kGoldenSection = 0.618034f;  // of the circle of hues: never near one of the last few
    const float hue = std::fmod(static_cast<float>(number % 997) * kGoldenSection, 1.0f);
    float red = 0;
    float green = 0;
    float blue = 0;
    ImGui::ColorConvertHSVtoRGB(hue, light ? 0.75f : 0.6f, light ? 0.72f : 0.88f, red, green, blue);
    const auto byte = [](float share) { return static_cast<uint32_t>(std::lround(share * 255)); };
    return rgb(byte(red) << 16 | byte(green) << 8 | byte(blue));
}

Colour between(Colour from, Colour to, float share) {
    Colour result = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        const float a = static_cast<float>(from >> shift & 0xFF);
        const float b = static_cast<float>(to >> shift & 0xFF);
        result |= static_cast<Colour>(std::lround(a + (b - a) * share)) << shift;
    }
    return result;
}

const StateStyle& state_style(debugger::StateRole role) {
    for (const StateStyle& style : kStates) {
        if (style.role == role) return style;
    }
    return kOther;
}

const Theme& dark_theme() {
    return kDark;
}
const Theme& light_theme() {
    return kLight;
}

void apply(const Theme& theme, float font_pixels) {
    ImGuiStyle& style = ImGui::GetStyle();
    style = ImGuiStyle();
    const float unit = std::round(font_pixels / 4);
    style.WindowPadding = {0, 0};
    style.FramePadding = {unit * 2, unit};
    style.ItemSpacing = {unit * 2, unit};
    style.ItemInnerSpacing = {unit, unit};
    style.WindowBorderSize = 0;
    style.ChildBorderSize = 0;
    style.PopupBorderSize = 1;
    style.ScrollbarSize = std::round(font_pixels * 0.6f);
    style.ScrollbarRounding = 0;
    style.PopupRounding = 4;
    style.FrameRounding = 4;
    style.AntiAliasedLinesUseTex = false;  // plain triangles are what the software renderer draws fast
    style.AntiAliasedLines = true;
    style.AntiAliasedFill = true;
    const auto set = [&](ImGuiCol slot, Colour colour) {
        style.Colors[slot] = ImGui::ColorConvertU32ToFloat4(colour);
    };
    set(ImGuiCol_Text, theme.text);
    set(ImGuiCol_TextDisabled, theme.dim);
    set(ImGuiCol_WindowBg, theme.panel);
    set(ImGuiCol_ChildBg, with_alpha(theme.panel, 0));
    set(ImGuiCol_PopupBg, theme.header);
    set(ImGuiCol_Border, theme.line);
    set(ImGuiCol_FrameBg, theme.raised);
    set(ImGuiCol_FrameBgHovered, theme.raised_more);
    set(ImGuiCol_FrameBgActive, theme.raised_more);
    set(ImGuiCol_Button, theme.raised);
    set(ImGuiCol_ButtonHovered, theme.raised_more);
    set(ImGuiCol_ButtonActive, theme.raised_more);
    set(ImGuiCol_Header, theme.raised);
    set(ImGuiCol_HeaderHovered, theme.raised_more);
    set(ImGuiCol_HeaderActive, theme.raised_more);
    set(ImGuiCol_ScrollbarBg, with_alpha(theme.panel, 0));
    set(ImGuiCol_ScrollbarGrab, theme.raised_more);
    set(ImGuiCol_ScrollbarGrabHovered, theme.faint);
    set(ImGuiCol_ScrollbarGrabActive, theme.faint);
    set(ImGuiCol_CheckMark, theme.accent);
    set(ImGuiCol_SliderGrab, theme.accent);
    set(ImGuiCol_SliderGrabActive, theme.accent);
    set(ImGuiCol_NavHighlight, theme.accent);
    set(ImGuiCol_TextSelectedBg, theme.accent_ground);
}

}  // namespace peach::gui
