#include "gui/draw.h"

#include <fmt/format.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace peach::gui {

namespace {

ImVec2 corner(const Area& area) {
    return {area.left, area.top};
}
ImVec2 far_corner(const Area& area) {
    return {area.right(), area.bottom()};
}

}  // namespace

// ---- Frame ----

void Frame::run(debugger::CommandId id, std::string argument) {
    ViewState* answers = &view;
    const double when = now;
    actions.emplace_back([id, argument = std::move(argument), answers, when](debugger::Session& session) {
        if (const auto done = debugger::command(id).action(session, argument); !done) {
            answers->message = done.error().message;
            answers->message_since = when;
        }
    });
}

// ---- Pen ----

float Pen::width(ImFont* font, std::string_view words) {
    return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, words.data(), words.data() + words.size()).x;
}

float Pen::middle(float top, float height, const ImFont* font) {
    return std::round(top + (height - font->FontSize) / 2);
}

float Pen::text(float x, float y, ImFont* font, Colour colour, std::string_view words) {
    if (words.empty()) return x;
    list_.AddText(font, font->FontSize, {std::round(x), std::round(y)}, colour, words.data(),
                  words.data() + words.size());
    return x + width(font, words);
}

float Pen::text_right(float right, float y, ImFont* font, Colour colour, std::string_view words) {
    text(right - width(font, words), y, font, colour, words);
    return right;
}

float Pen::text_centred(float x, float y, ImFont* font, Colour colour, std::string_view words) {
    return text(x - width(font, words) / 2, y, font, colour, words);
}

float Pen::text_cut(float x, float right, float y, ImFont* font, Colour colour, std::string_view words) {
    if (right <= x) return x;
    if (width(font, words) <= right - x) return text(x, y, font, colour, words);
    frame_.widgets.add_cut_text(words);
    const std::string_view dots = "...";
    const float room = right - x - width(font, dots);
    if (room <= 0) return x;
    const char* rest = words.data();
    font->CalcTextSizeA(font->FontSize, room, 0, words.data(), words.data() + words.size(), &rest);
    x = text(x, y, font, colour, words.substr(0, static_cast<size_t>(rest - words.data())));
    return text(x, y, font, colour, dots);
}

void Pen::fill(const Area& area, Colour colour, float rounding) {
    if (area.width <= 0 || area.height <= 0) return;
    list_.AddRectFilled(corner(area), far_corner(area), colour, rounding);
}

void Pen::outline(const Area& area, Colour colour, float rounding, float thickness) {
    if (rounding > 0) {
        list_.AddRect(corner(area), far_corner(area), colour, rounding, 0, thickness);
        return;
    }
    fill({area.left, area.top, area.width, thickness}, colour);
    fill({area.left, area.bottom() - thickness, area.width, thickness}, colour);
    fill({area.left, area.top + thickness, thickness, area.height - 2 * thickness}, colour);
    fill({area.right() - thickness, area.top + thickness, thickness, area.height - 2 * thickness}, colour);
}

void Pen::line(float x1, float y1, float x2, float y2, Colour colour, float thickness) {
    if (x1 == x2) {
        fill({std::round(x1 - thickness / 2), std::min(y1, y2), thickness, std::abs(y2 - y1)}, colour);
    } else if (y1 == y2) {
        fill({std::min(x1, x2), std::round(y1 - thickness / 2), std::abs(x2 - x1), thickness}, colour);
    } else {
        list_.AddLine({x1, y1}, {x2, y2}, colour, thickness);
    }
}

void Pen::triangle(ImVec2 a, ImVec2 b, ImVec2 c, Colour colour) {
    list_.AddTriangleFilled(a, b, c, colour);
}
void Pen::disc(float x, float y, float radius, Colour colour) {
    list_.AddCircleFilled({x, y}, radius, colour);
}
void Pen::ring(float x, float y, float radius, Colour colour, float thickness) {
    list_.AddCircle({x, y}, radius, colour, 0, thickness);
}

void Pen::breakpoint_sign(const Area& area, bool enabled) {
    const float x = area.left + area.width / 2;
    const float y = area.top + area.height / 2;
    const float radius = std::round(frame_.em() * 0.33f);
    if (enabled) {
        disc(x, y, radius, frame_.theme.breakpoint);
    } else {
        ring(x, y, radius, frame_.theme.breakpoint, 1.5f);
    }
}

void Pen::hatch(const Area& area, Hatch hatch, Colour colour) {
    if (hatch == Hatch::none || area.width < 3 || area.height < 3) return;
    list_.PushClipRect(corner(area), far_corner(area), true);
    const float step = 6;
    if (hatch == Hatch::dotted) {
        for (float y = area.top + 2; y < area.bottom(); y += 4) {
            for (float x = area.left + 2; x < area.right(); x += 4) fill({x, y, 1, 1}, colour);
        }
    } else {
        // Lines start on a grid of the window, so that neighbouring bars' strokes meet.
        const float start = std::floor((area.left - area.height) / step) * step;
        for (float x = start; x < area.right(); x += step) {
            list_.AddLine({x, area.bottom()}, {x + area.height, area.top}, colour, 1);
            if (hatch == Hatch::crossed) {
                list_.AddLine({x, area.top}, {x + area.height, area.bottom()}, colour, 1);
            }
        }
    }
    list_.PopClipRect();
}

void Pen::state_sign(const Area& area, debugger::StateRole role) {
    const StateStyle& style = state_style(role);
    const Colour colour = frame_.theme.state(role);
    fill(area, colour, 3);
    // Black or white, whichever is easier to read on it.
    const uint32_t red = colour & 0xFF;
    const uint32_t green = colour >> 8 & 0xFF;
    const uint32_t blue = colour >> 16 & 0xFF;
    const bool bright = red * 299 + green * 587 + blue * 114 > 140'000;
    const Colour ink = bright ? rgb(0x11161D) : rgb(0xFFFFFF);
    ImFont* font = frame_.fonts.code_strong;
    const char letter[2] = {style.letter, 0};
    text_centred(area.left + area.width / 2, middle(area.top, area.height, font), font, ink, letter);
}

// ---- the pointer ----

bool pointer_in(const Area& area) {
    const ImVec2 at = ImGui::GetIO().MousePos;
    return at.x >= area.left && at.x < area.right() && at.y >= area.top && at.y < area.bottom() &&
           ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows |
                                  ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
}

bool clicked(const Area& area) {
    return ImGui::IsMouseClicked(0) && pointer_in(area);
}
bool right_clicked(const Area& area) {
    return ImGui::IsMouseClicked(1) && pointer_in(area);
}
bool double_clicked(const Area& area) {
    return ImGui::IsMouseDoubleClicked(0) && pointer_in(area);
}

void tooltip(const Frame& frame, std::string_view words) {
    if (words.empty()) return;
    const float pad = std::round(frame.em() * 0.5f);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {pad, pad});
    ImGui::BeginTooltip();
    ImGui::PushFont(frame.fonts.label);
    ImGui::PushTextWrapPos(frame.em() * 30);
    ImGui::TextUnformatted(words.data(), words.data() + words.size());
    ImGui::PopTextWrapPos();
    ImGui::PopFont();
    ImGui::EndTooltip();
    ImGui::PopStyleVar();
}

bool button(Frame& frame, std::string_view id, const Area& area, ButtonLook look,
            const std::function<void(Pen&, const Area&, Colour)>& draw) {
    const std::string name(id);
    ImGui::SetCursorScreenPos(corner(area));
    const bool pressed = ImGui::InvisibleButton(name.c_str(), {area.width, area.height}) && look.enabled;
    const bool hovered = look.enabled && ImGui::IsItemHovered();
    const bool held = look.enabled && ImGui::IsItemActive();
    const Theme& theme = frame.theme;
    Pen pen(frame);
    Colour ground = look.active ? theme.accent_ground : theme.raised;
    if (hovered) ground = theme.raised_more;
    if (look.enabled || look.active) pen.fill(area, ground, 4);
    if (held || look.active) pen.outline(area, theme.accent, 4);
    draw(pen, area, !look.enabled ? theme.faint : look.active ? theme.accent : theme.text);
    frame.widgets.add(name, area.left, area.top, area.right(), area.bottom(),
                      look.enabled ? "enabled" : "disabled");
    return pressed;
}

bool text_button(Frame& frame, std::string_view id, const Area& area, ButtonLook look,
                 std::string_view words) {
    return button(frame, id, area, look, [&](Pen& pen, const Area& inside, Colour colour) {
        ImFont* font = frame.fonts.label;
        pen.text_centred(inside.left + inside.width / 2, Pen::middle(inside.top, inside.height, font), font,
                         colour, words);
    });
}

// ---- numbers for people ----

std::string with_commas(uint64_t number) {
    const std::string digits = fmt::format("{}", number);
    std::string grouped;
    for (size_t i = 0; i < digits.size(); i++) {
        if (i != 0 && (digits.size() - i) % 3 == 0) grouped += ',';
        grouped += digits[i];
    }
    return grouped;
}

std::string with_commas_in(std::string_view words) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto is_of_word = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == ':' ||
               c == ',';
    };
    std::string result;
    for (size_t at = 0; at < words.size();) {
        size_t end = at;
        while (end < words.size() && is_digit(words[end])) end++;
        const bool begins = at == 0 || !is_of_word(words[at - 1]);
        const bool ends = end == words.size() ||
                          !(std::isalpha(static_cast<unsigned char>(words[end])) != 0 || words[end] == '_');
        uint64_t number = 0;
        if (end > at && begins && ends &&
            std::from_chars(words.data() + at, words.data() + end, number).ec == std::errc{} &&
            words[at] != '0') {
            result += with_commas(number);
        } else {
            end = std::max(end, at + 1);
            result += words.substr(at, end - at);
        }
        at = end;
    }
    return result;
}

std::string short_count(double number) {
    if (number < 1'000) return fmt::format("{:.0f}", number);
    if (number < 1'000'000) return fmt::format("{:.{}f} k", number / 1e3, number < 99'950 ? 1 : 0);
    if (number < 1'000'000'000) return fmt::format("{:.{}f} M", number / 1e6, number < 99'950'000 ? 1 : 0);
    return fmt::format("{:.2f} G", number / 1e9);
}

std::string short_rate(double per_second) {
    if (per_second < 1'000) return fmt::format("{:.0f} instr/s", per_second);
    if (per_second < 1'000'000)
        return fmt::format("{:.{}f} kIPS", per_second / 1e3, per_second < 10'000 ? 1 : 0);
    return fmt::format("{:.{}f} MIPS", per_second / 1e6, per_second < 10'000'000 ? 1 : 0);
}

}  // namespace peach::gui
