// The status line: what last happened, in a sentence; where execution stands; how fast the guest runs.

#include <fmt/format.h>

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

void draw_message(Frame& frame, const Area& area, std::string_view words) {
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
