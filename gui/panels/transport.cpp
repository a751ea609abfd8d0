// The transport bar: run and pause, steps forwards and backwards, speed, scheduling policy, and where time
// stands.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "gui/draw.h"
#include "gui/panels/chooser.h"
#include "gui/panels/panels.h"
#include "gui/speed.h"

namespace peach::gui {

namespace {

using debugger::CommandId;

constexpr std::string_view kWidestSpeed = "100 thousand/s";

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

// What the bar shows beside its buttons. The policy comes first: no experiment goes without it.
struct BarForm {
    float slider_em = 0;  // 0: no slider of the speed
    bool speed_words = false;
    bool captions = false;
    bool policy = true;
    enum class Layouts : uint8_t { buttons, list, sign, none } layouts;
};

// From the roomiest on: the first that fits is taken.
constexpr BarForm kForms[] = {
    {.slider_em = 11, .speed_words = true, .captions = true, .layouts = BarForm::Layouts::buttons},
    {.slider_em = 7, .speed_words = true, .captions = true, .layouts = BarForm::Layouts::buttons},
    {.slider_em = 5, .captions = true, .layouts = BarForm::Layouts::buttons},
    {.slider_em = 7, .speed_words = true, .captions = true, .layouts = BarForm::Layouts::list},
    {.slider_em = 5, .captions = true, .layouts = BarForm::Layouts::list},
    {.captions = true, .layouts = BarForm::Layouts::list},
    {.layouts = BarForm::Layouts::list},
    {.layouts = BarForm::Layouts::sign},
    {.layouts = BarForm::Layouts::none},
    {.policy = false, .layouts = BarForm::Layouts::none},
};

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
          words_(area.width > frame.em() * 88) {
        for (const debugger::Policy& policy : frame.model.policies)
            policies_.push_back({std::to_string(policy.number), policy.name});
        for (const LayoutRow& row : layouts()) layouts_.push_back({std::string(row.name), row.title});
    }

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
        const BarForm& form = form_that_fits();
        if (form.slider_em > 0) draw_speed(form);
        if (form.policy) draw_policy(form);
        if (form.layouts == BarForm::Layouts::buttons) draw_layout_buttons();
        if (form.layouts == BarForm::Layouts::list) draw_layout_list(chooser_width(frame_, layouts_));
        if (form.layouts == BarForm::Layouts::sign) draw_layout_list(sign_width());
    }

  private:
    void draw_run_button() {
        if (frame_.model.running()) {
            tool(CommandId::pause, Icon::pause, "Pause", true);
        } else {
            tool(CommandId::run, Icon::run, frame_.model.waits_for_input() ? "Waits" : "Run", true);
        }
    }

    void gap() { x_ += gap_width(); }
    Area place(float width) {
        const Area part = {x_, area_.top + pad_, width, area_.height - 2 * pad_};
        x_ += width + std::round(pad_ * 0.6f);
        return part;
    }

    void tool(CommandId id, Icon icon, std::string_view word, bool main) {
        const debugger::Command& command = debugger::command(id);
        const bool with_word = words_ && !word.empty();
        const float size = std::round(frame_.em() * 0.36f);
        const float icon_width = std::round(size * 4.6f) + (with_word ? 5.0f : 0.0f);
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

    // ---- which form ----

    float gap_width() const { return pad_ * 1.6f; }
    float part(float width) const { return width + std::round(pad_ * 0.6f); }
    float words_width(std::string_view words) const { return part(Pen::width(frame_.fonts.label, words)); }
    float layout_button(const Choice& layout) const {
        return std::round(Pen::width(frame_.fonts.label, layout.title) + pad_ * 2.4f);
    }

    float sign_width() const { return std::round(frame_.em() * 2); }

    float width_of(const BarForm& form) const {
        float width = pad_;
        if (form.slider_em > 0) {
            width += part(std::round(frame_.em() * form.slider_em)) + gap_width();
            if (form.captions) width += words_width("speed");
            if (form.speed_words) width += words_width(kWidestSpeed);
        }
        if (form.policy && !policies_.empty()) {
            width += part(chooser_width(frame_, policies_)) + gap_width();
            if (form.captions) width += words_width("policy");
        }
        if (form.layouts == BarForm::Layouts::list) width += part(chooser_width(frame_, layouts_));
        if (form.layouts == BarForm::Layouts::sign) width += part(sign_width());
        if (form.layouts == BarForm::Layouts::buttons) {
            for (const Choice& layout : layouts_) width += part(layout_button(layout));
        }
        return width;
    }

    const BarForm& form_that_fits() const {
        for (const BarForm& form : kForms) {
            if (x_ + width_of(form) <= right_) return form;
        }
        return kForms[std::size(kForms) - 1];
    }

    // ---- its parts ----

    void caption(std::string_view words) {
        ImFont* font = frame_.fonts.label;
        const Area spot = place(Pen::width(font, words));
        pen_.text(spot.left, Pen::middle(spot.top, spot.height, font), font, frame_.theme.dim, words);
    }

    void draw_speed(const BarForm& form) {
        const double now = frame_.model.pace.instructions_per_second;
        if (form.captions) caption("speed");
        const Area slider = place(std::round(frame_.em() * form.slider_em));
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
        const std::string words = speed_words(now);
        if (ImGui::IsItemHovered()) {
            tooltip(frame_, fmt::format("How many instructions a second the guest executes: {}. Right: all "
                                        "it can.",
                                        words));
        }
        frame_.widgets.add("transport.speed", slider.left, slider.top, slider.right(), slider.bottom(),
                           words);
        if (form.speed_words) {
            ImFont* font = frame_.fonts.label;
            const Area number = place(Pen::width(font, kWidestSpeed));
            pen_.text(number.left, Pen::middle(number.top, number.height, font), font, frame_.theme.text,
                      words);
        }
        gap();
    }

    // The lamp, which the kernel drives, says which policy is in force.
    void draw_policy(const BarForm& form) {
        if (policies_.empty()) return;
        const auto& all = frame_.model.policies;
        const auto in_force = std::ranges::find(all, frame_.model.policy, &debugger::Policy::number);
        std::optional<size_t> current;
        if (in_force != all.end()) current = static_cast<size_t>(in_force - all.begin());
        if (form.captions) caption("policy");
        const auto chosen = draw_chooser(
            frame_, place(chooser_width(frame_, policies_)), policies_,
            {"transport.policy", "Front panel, switch 0: how the kernel chooses who runs next.", current});
        if (chosen) frame_.run(CommandId::policy, all[*chosen].name);
        gap();
    }

    void draw_layout_buttons() {
        for (size_t i = 0; i < layouts_.size(); i++) {
            const LayoutRow& row = layouts()[i];
            if (text_button(frame_, fmt::format("transport.layout.{}", row.name),
                            place(layout_button(layouts_[i])), {true, frame_.view.layout == i}, row.title)) {
                choose_layout(i);
            }
            if (ImGui::IsItemHovered()) tooltip(frame_, fmt::format("{}   {}", row.sentence, row.key));
        }
    }

    void draw_layout_list(float width) {
        const auto chosen = draw_chooser(frame_, place(width), layouts_,
                                         {"transport.layout", "Which panels there are.", frame_.view.layout});
        if (chosen) choose_layout(*chosen);
    }

    void choose_layout(size_t index) {
        frame_.view.layout = index;
        frame_.keep_moving();
    }

    // At the right edge: LIVE or how far in the past, and the moment. Returns its left edge.
    float draw_clock() {
        const Theme& theme = frame_.theme;
        const Model& model = frame_.model;
        ImFont* numbers = frame_.fonts.code_strong;
        const std::string time = "t = " + with_commas(model.cursor);
        const float right = area_.right() - pad_ * 2;
        const std::string_view reserved = words_ ? "t = 1,234,567,890" : "t = 123,456,789";
        const float time_left = right - std::max(Pen::width(numbers, time), Pen::width(numbers, reserved));
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
    bool words_;  // on the buttons
    float right_ = 0;
    std::vector<Choice> policies_;
    std::vector<Choice> layouts_;
};

}  // namespace

void draw_transport(Frame& frame, const Area& area, const KeyMap& keys) {
    TransportBar(frame, area, keys).draw();
}

}  // namespace peach::gui
