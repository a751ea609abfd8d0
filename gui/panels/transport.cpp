// The transport bar: run and pause, steps forwards and backwards, speed, scheduling policy, and where time
// stands.

#include <fmt/format.h>

#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"
#include "gui/speed.h"

namespace peach::gui {

namespace {

using debugger::CommandId;

enum class Icon { run, pause, back, step, over, out, back_switch, next_switch, back_run };

void draw_bar(Pen& pen, float x, float y, float size, Colour colour) {
    pen.fill({std::round(x), std::round(y - size), 2, std::round(size * 2)}, colour);
}

void draw_arrow(Pen& pen, float x, float y, float size, bool right, Colour colour) {
    const float tip = right ? size : -size;
    pen.triangle({x - tip * 0.6f, y - size}, {x + tip, y}, {x - tip * 0.6f, y + size}, colour);
}

// A hop over a dot, or a way down and out of it.
void draw_hop(Pen& pen, float x, float y, float size, Colour colour) {
    pen.disc(x, y + size * 0.8f, size * 0.33f, colour);
    pen.list().PathArcTo({x, y + size * 0.35f}, size * 1.05f, 3.3f, 6.0f);
    pen.list().PathStroke(colour, 0, 2);
    pen.triangle({x + size * 0.55f, y - size * 0.15f}, {x + size * 1.5f, y - size * 0.25f},
                 {x + size * 1.15f, y + size * 0.6f}, colour);
}

void draw_way_out(Pen& pen, float x, float y, float size, Colour colour) {
    pen.disc(x, y + size * 0.8f, size * 0.33f, colour);
    pen.fill({std::round(x) - 1, y - size * 0.5f, 2, size * 0.9f}, colour);
    pen.triangle({x - size * 0.6f, y - size * 0.3f}, {x, y - size * 1.1f}, {x + size * 0.6f, y - size * 0.3f},
                 colour);
}

void draw_icon(Pen& pen, Icon icon, float x, float y, float size, Colour colour) {
    switch (icon) {
        case Icon::run:
            draw_arrow(pen, x, y, size, true, colour);
            break;
        case Icon::back_run:
            draw_arrow(pen, x, y, size, false, colour);
            break;
        case Icon::pause:
            pen.fill({std::round(x - size * 0.7f), std::round(y - size), std::round(size * 0.5f), size * 2},
                     colour);
            pen.fill({std::round(x + size * 0.2f), std::round(y - size), std::round(size * 0.5f), size * 2},
                     colour);
            break;
        case Icon::back:
            draw_bar(pen, x + size, y, size, colour);
            draw_arrow(pen, x - size * 0.2f, y, size, false, colour);
            break;
        case Icon::step:
            draw_bar(pen, x - size - 2, y, size, colour);
            draw_arrow(pen, x + size * 0.2f, y, size, true, colour);
            break;
        case Icon::over:
            draw_hop(pen, x, y, size, colour);
            break;
        case Icon::out:
            draw_way_out(pen, x, y, size, colour);
            break;
        case Icon::back_switch:
            draw_bar(pen, x - size * 1.5f, y, size, colour);
            draw_arrow(pen, x - size * 0.4f, y, size * 0.8f, false, colour);
            draw_arrow(pen, x + size * 0.9f, y, size * 0.8f, false, colour);
            break;
        case Icon::next_switch:
            draw_bar(pen, x + size * 1.5f - 2, y, size, colour);
            draw_arrow(pen, x - size * 0.9f, y, size * 0.8f, true, colour);
            draw_arrow(pen, x + size * 0.4f, y, size * 0.8f, true, colour);
            break;
    }
}

// Lays its parts out from left to right.
class TransportBar {
  public:
    TransportBar(Frame& frame, const Area& area, const KeyMap& keys)
        : frame_(frame),
          keys_(keys),
          pen_(frame),
          area_(area),
          pad_(std::round(frame.em() * 0.45f)),
          x_(area.left + pad_),
          words_(area.width > frame.em() * 88) {}

    void draw() {
        pen_.fill(area_, frame_.theme.header);
        right_ = draw_clock();
        draw_run_button();
        gap();
        tool(CommandId::run_backwards, Icon::back_run, "", false);
        tool(CommandId::previous_switch, Icon::back_switch, "", false);
        tool(CommandId::back_instruction, Icon::back, "Back", false);
        tool(CommandId::step_instruction, Icon::step, "Step", false);
        tool(CommandId::next_switch, Icon::next_switch, "", false);
        gap();
        tool(CommandId::step_over, Icon::over, "Over", false);
        tool(CommandId::step_out, Icon::out, "Out", false);
        gap();
        draw_speed();
        gap();
        draw_policy();
        gap();
        draw_layouts();
    }

  private:
    void draw_run_button() {
        if (frame_.model.running()) {
            tool(CommandId::pause, Icon::pause, "Pause", true);
        } else {
            tool(CommandId::run, Icon::run, frame_.model.waits_for_input() ? "Waits" : "Run", true);
        }
    }

    void gap() { x_ += pad_ * 1.6f; }
    Area place(float width) {
        const Area part = {x_, area_.top + pad_, width, area_.height - 2 * pad_};
        x_ += width + std::round(pad_ * 0.6f);
        return part;
    }

    void tool(CommandId id, Icon icon, std::string_view word, bool main) {
        const debugger::Command& command = debugger::command(id);
        const bool with_word = words_ && !word.empty();
        const float size = std::round(frame_.em() * 0.36f);
        const float icon_width = std::round(size * 4.6f) + (with_word ? 5 : 0);
        ImFont* font = main ? frame_.fonts.strong : frame_.fonts.label;
        float width = icon_width;
        if (with_word) width += Pen::width(font, main ? "Pause" : word) + pad_ * 1.4f;
        const Area spot = place(std::round(width));
        const ButtonLook look = {
            frame_.model.command_enabled(id) && !(main && frame_.model.waits_for_input()), false};
        const auto paint = [&](Pen& pen, const Area& inside, Colour colour) {
            const Colour ink = main && look.enabled ? frame_.theme.accent : colour;
            draw_icon(pen, icon, std::round(inside.left + icon_width / 2),
                      std::round(inside.top + inside.height / 2), size, ink);
            if (with_word) {
                pen.text(inside.left + icon_width - 2, Pen::middle(inside.top, inside.height, font), font,
                         ink, word);
            }
        };
        if (button(frame_, fmt::format("transport.{}", command.name), spot, look, paint)) frame_.run(id);
        if (ImGui::IsItemHovered()) {
            const std::string key = keys_.key_of(id);
            tooltip(frame_,
                    fmt::format("{}{}\n{}", command.title, key.empty() ? "" : "   " + key, command.sentence));
        }
    }

    void draw_speed() {
        const double now = frame_.model.pace.instructions_per_second;
        ImFont* font = frame_.fonts.label;
        if (words_) {
            const Area caption = place(Pen::width(font, "speed"));
            pen_.text(caption.left, Pen::middle(caption.top, caption.height, font), font, frame_.theme.dim,
                      "speed");
        }
        const Area slider = place(std::round(frame_.em() * (words_ ? 11 : 7)));
        const std::string words = speed_words(now);
        ImGui::SetCursorScreenPos({slider.left, slider.top});
        ImGui::InvisibleButton("transport.speed", {slider.width, slider.height});
        const float radius = std::round(frame_.em() * 0.45f);
        if (ImGui::IsItemActive()) {
            const float share =
                (ImGui::GetIO().MousePos.x - slider.left - radius) / (slider.width - 2 * radius);
            frame_.new_pace = debugger::Pace{speed_at(share), frame_.model.pace.idle_skips};
        }
        const float y = std::round(slider.top + slider.height / 2);
        const float knob = slider.left + radius + (slider.width - 2 * radius) * share_of_speed(now);
        pen_.fill({slider.left, y - 2, slider.width, 4}, frame_.theme.raised_more, 2);
        pen_.fill({slider.left, y - 2, knob - slider.left, 4}, frame_.theme.accent, 2);
        pen_.disc(knob, y, ImGui::IsItemHovered() || ImGui::IsItemActive() ? radius + 1 : radius,
                  frame_.theme.accent);
        if (ImGui::IsItemHovered())
            tooltip(frame_, "How many instructions a second the guest executes. Right: all it can.");
        frame_.widgets.add("transport.speed", slider.left, slider.top, slider.right(), slider.bottom(),
                           words);
        const Area number = place(Pen::width(font, "100 thousand/s"));
        pen_.text(number.left, Pen::middle(number.top, number.height, font), font, frame_.theme.text, words);
    }

    void draw_policy() {
        if (frame_.model.policies.empty()) return;
        ImFont* font = frame_.fonts.label;
        const float caption_width = Pen::width(font, "policy ");
        const float chooser_width = policy_chooser_width(frame_);
        if (x_ + caption_width + chooser_width + pad_ > right_) return;
        const Area caption = place(caption_width);
        pen_.text(caption.left, Pen::middle(caption.top, caption.height, font), font, frame_.theme.dim,
                  "policy");
        draw_policy_chooser(frame_, place(chooser_width));
    }

    // Which panels there are; left out where there is no room.
    void draw_layouts() {
        ImFont* font = frame_.fonts.label;
        float wanted = 0;
        for (const LayoutRow& row : layouts()) wanted += Pen::width(font, row.title) + pad_ * 3;
        if (x_ + wanted + pad_ > right_) return;
        for (size_t i = 0; i < layouts().size(); i++) {
            const LayoutRow& row = layouts()[i];
            const Area spot = place(std::round(Pen::width(font, row.title) + pad_ * 2.4f));
            const bool active = frame_.view.layout == i;
            if (text_button(frame_, fmt::format("transport.layout.{}", row.name), spot, {true, active},
                            row.title)) {
                frame_.view.layout = i;
                frame_.keep_moving();
            }
            if (ImGui::IsItemHovered()) tooltip(frame_, fmt::format("{}   {}", row.sentence, row.key));
        }
    }

    // At the right edge: LIVE or how far in the past, and the moment. Returns its left edge.
    float draw_clock() {
        const Theme& theme = frame_.theme;
        const Model& model = frame_.model;
        ImFont* numbers = frame_.fonts.code_strong;
        const std::string time = "t = " + with_commas(model.cursor);
        const float right = area_.right() - pad_ * 2;
        const float time_left =
            right - std::max(Pen::width(numbers, time), Pen::width(numbers, "t = 1,234,567,890"));
        pen_.text_right(right, Pen::middle(area_.top, area_.height, numbers), numbers,
                        model.live ? theme.text : theme.past, time);
        frame_.widgets.add("transport.time", time_left, area_.top, right, area_.bottom(),
                           std::to_string(model.cursor));
        const std::string badge =
            model.live ? "LIVE"
                       : fmt::format("PAST   live +{}",
                                     short_count(static_cast<double>(model.frontier - model.cursor)));
        ImFont* strong = frame_.fonts.strong;
        const float width = Pen::width(strong, badge) + pad_ * 3 + frame_.em();
        const Area spot = {std::round(time_left - width - pad_), area_.top + pad_, std::round(width),
                           area_.height - 2 * pad_};
        const Colour colour = model.live ? theme.live : theme.past;
        const auto paint = [&](Pen& pen, const Area& inside, Colour) {
            pen.outline(inside, colour, 4);
            pen.disc(inside.left + pad_ + frame_.em() * 0.3f, inside.top + inside.height / 2,
                     frame_.em() * 0.27f, colour);
            pen.text(inside.left + pad_ + frame_.em(), Pen::middle(inside.top, inside.height, strong), strong,
                     colour, badge);
        };
        if (button(frame_, "transport.live", spot, {}, paint)) frame_.run(CommandId::live);
        frame_.widgets.add("transport.when", spot.left, spot.top, spot.right(), spot.bottom(),
                           model.live ? "live" : "past");
        if (ImGui::IsItemHovered()) {
            tooltip(frame_, model.live ? "This is the present."
                                       : "What you see has been. Press to return to the present.");
        }
        return spot.left;
    }

    Frame& frame_;
    const KeyMap& keys_;
    Pen pen_;
    Area area_;
    float pad_;
    float x_;
    bool words_;
    float right_ = 0;
};

}  // namespace

void draw_transport(Frame& frame, const Area& area, const KeyMap& keys) {
    TransportBar(frame, area, keys).draw();
}

}  // namespace peach::gui
