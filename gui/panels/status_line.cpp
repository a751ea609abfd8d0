// The status line: what last happened, in a sentence; where execution stands; how fast the guest runs.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

constexpr double kMessageSeconds = 8;

std::string speed_words(const Model& model) {
    if (model.powered_off) return "switched off";
    if (model.waits_for_input()) return "waits for input";
    if (!model.running()) return "stopped";
    if (model.status.idle) return "idle";
    return short_rate(model.status.instructions_per_second);
}

std::string sentence(const Frame& frame, Colour& colour) {
    const Model& model = frame.model;
    if (!frame.view.message.empty() && frame.now - frame.view.message_since < kMessageSeconds) {
        colour = frame.theme.past;
        return frame.view.message;
    }
    if (!model.running() && !model.stop.sentence.empty()) {
        return model.happened.empty() ? model.stop.sentence : model.stop.sentence + ".  " + model.happened;
    }
    return model.happened;
}

}  // namespace

void draw_status_line(Frame& frame, const Area& area) {
    Pen pen(frame);
    const Theme& theme = frame.theme;
    pen.fill(area, theme.header);
    ImFont* font = frame.fonts.label;
    const float y = Pen::middle(area.top, area.height, font);
    const float gap = std::round(frame.em() * 0.9f);
    float right = area.right() - gap;
    const auto part = [&](std::string_view id, std::string_view words, Colour colour) {
        const float left = right - Pen::width(font, words);
        pen.text(left, y, font, colour, words);
        frame.widgets.add(std::string(id), left, area.top, right, area.bottom(), std::string(words));
        right = left - gap;
        pen.fill({right, area.top + 5, 1, area.height - 10}, theme.line);
        right -= gap;
    };
    part("status.help", "F1 keys", theme.dim);
    part("status.speed", speed_words(frame.model), theme.text);
    part("status.where", frame.model.where, theme.text);
    Colour colour = theme.text;
    const std::string words = sentence(frame, colour);
    pen.text_cut(area.left + gap, right - gap, y, font, colour, words);
    frame.widgets.add("status.sentence", area.left, area.top, right, area.bottom(), words);
}

namespace {

// A compiler's words with a caret below them: every letter in its column, each line as it is.
void draw_lines(Frame& frame, const Area& area, std::string_view words) {
    ImFont* font = frame.fonts.code;
    const float row = std::round(frame.em() * 1.3f);
    const float width = Pen::width(font, words);
    const auto count = static_cast<float>(std::ranges::count(words, '\n') + 1);
    const float pad = std::round(frame.em() * 0.6f);
    const float left = area.left + std::max(std::round((area.width - width) / 2), pad);
    float top = area.top + std::max(std::round((area.height - count * row) / 2), pad);
    ImGui::SetCursorScreenPos({area.left, area.top});
    ImGui::SetNextWindowContentSize({width + 2 * pad, count * row + 2 * pad});
    ImGui::BeginChild("message", {area.width, area.height}, false, ImGuiWindowFlags_HorizontalScrollbar);
    Pen pen(frame);
    for (size_t number = 0; !words.empty(); number++) {
        const std::string_view line = words.substr(0, words.find('\n'));
        words.remove_prefix(std::min(line.size() + 1, words.size()));
        const float x = left - ImGui::GetScrollX();
        const float y = top - ImGui::GetScrollY();
        const float end = pen.text(x, Pen::middle(y, row, font), font, frame.theme.text, line);
        frame.widgets.add(fmt::format("message.{}", number), x, y, end, y + row, std::string(line));
        top += row;
    }
    ImGui::EndChild();
}

}  // namespace

void draw_message(Frame& frame, const Area& area, std::string_view words) {
    if (words.contains('\n')) return draw_lines(frame, area, words);
    Pen pen(frame);
    ImFont* font = frame.fonts.label;
    const float wrap = std::max(area.width - 2 * frame.em(), frame.em() * 6);
    const ImVec2 size =
        font->CalcTextSizeA(font->FontSize, FLT_MAX, wrap, words.data(), words.data() + words.size());
    pen.list().AddText(font, font->FontSize,
                       {std::round(area.left + (area.width - size.x) / 2),
                        std::round(area.top + (area.height - size.y) / 2)},
                       frame.theme.dim, words.data(), words.data() + words.size(), wrap);
}

}  // namespace peach::gui
