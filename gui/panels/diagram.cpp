// Process states: every process stands as a token in its state, and walks along the way it takes to the next
// one.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/draw.h"
#include "gui/panels/diagram_shape.h"
#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

constexpr double kWalkSeconds = 0.25;

uint64_t walker_key(const debugger::DiagramProcess& process) {
    return process.birth_cycle * 0x9E3779B97F4A7C15u + process.pid;
}

float eased(float t) {
    return t * t * (3 - 2 * t);
}

class DiagramPanel {
  public:
    DiagramPanel(Frame& frame, const Area& area)
        : frame_(frame),
          pen_(frame),
          diagram_(frame.model.diagram),
          shape_(area, frame.em(), frame.model.states),
          token_height_(std::round(frame.em() * 1.35f)) {}

    void draw() {
        draw_ways();
        for (size_t state = 0; state < shape_.size(); state++) {
            if (is_shown(state)) draw_box(state);
        }
        for (size_t state = 0; state < std::min(shape_.size(), diagram_.states.size()); state++)
            place_tokens(state);
        for (const Token& token : moving_) draw_token(token);
        forget_the_dead();
    }

  private:
    struct Token {
        const debugger::DiagramProcess* process;
        size_t state;
        Area area;
        bool moving;
        bool with_name;
    };

    // A state that plays no role in the books is shown once it has been entered.
    bool is_shown(size_t state) const {
        if (frame_.model.states[state].role != debugger::StateRole::other) return true;
        return std::any_of(
            diagram_.edges.begin(), diagram_.edges.end(),
            [&](const debugger::DiagramEdge& edge) { return edge.to == state && edge.count > 0; });
    }

    // ---- ways ----

    void draw_ways() {
        std::vector<std::vector<uint64_t>> counts(shape_.size(), std::vector<uint64_t>(shape_.size(), 0));
        for (const debugger::DiagramEdge& edge : diagram_.edges) {
            if (edge.from < shape_.size() && edge.to < shape_.size()) counts[edge.from][edge.to] = edge.count;
        }
        for (size_t from = 0; from < shape_.size(); from++) {
            for (size_t to = 0; to < shape_.size(); to++) {
                if (from == to || (counts[from][to] == 0 && !shape_.in_the_books(from, to))) continue;
                draw_way(from, to, counts[from][to]);
            }
        }
    }

    // The way of the last step stands out.
    bool just_taken(size_t from, size_t to) const {
        if (diagram_.steps.empty() || frame_.blurred()) return false;
        const uint64_t last = diagram_.steps.back().cycle;
        return std::any_of(diagram_.steps.rbegin(), diagram_.steps.rend(),
                           [&](const debugger::DiagramStep& step) {
                               return step.cycle == last && step.from == from && step.to == to;
                           });
    }

    void draw_way(size_t from, size_t to, uint64_t count) {
        const Theme& theme = frame_.theme;
        const DiagramWay way = shape_.way(from, to);
        const bool taken = just_taken(from, to);
        const Colour colour = taken ? theme.accent : count > 0 ? theme.dim : theme.faint;
        const auto& c = way.curve;
        pen_.list().AddBezierCubic({c[0].x, c[0].y}, {c[1].x, c[1].y}, {c[2].x, c[2].y}, {c[3].x, c[3].y},
                                   colour, taken ? 2.5f : 1.5f);
        draw_arrow_head(way, colour);
        if (has_room_for_label(way)) {
            ImFont* font = frame_.fonts.small;
            const float width = Pen::width(font, way.label);
            const float shift = way.label_side == DiagramWay::Side::left    ? 0
                                : way.label_side == DiagramWay::Side::right ? width
                                                                            : width / 2;
            pen_.text(way.label_at.x - shift, Pen::middle(way.label_at.y, 0, font), font,
                      taken ? theme.accent : theme.dim, way.label);
        }
        frame_.widgets.add(fmt::format("diagram.way.{}.{}", name(from), name(to)), std::min(c[0].x, c[3].x),
                           std::min(c[0].y, c[3].y), std::max(c[0].x, c[3].x), std::max(c[0].y, c[3].y),
                           std::to_string(count));
        const PointOnPanel middle = way.at(0.5f);
        const Area near = {middle.x - frame_.em() * 2, middle.y - frame_.em(), frame_.em() * 4,
                           frame_.em() * 2};
        if (pointer_in(near)) {
            tooltip(frame_, fmt::format("{} to {}: taken {} time{}", name(from), name(to), count,
                                        count == 1 ? "" : "s"));
        }
    }

    // A label above a level way needs the way's length; beside a steep one it always has room.
    bool has_room_for_label(const DiagramWay& way) const {
        const auto& c = way.curve;
        const bool level = std::abs(c[0].y - c[3].y) < 1 && std::abs(c[1].y - c[0].y) < 1;
        return !way.label.empty() &&
               (!level || Pen::width(frame_.fonts.small, way.label) <= std::abs(c[3].x - c[0].x));
    }

    void draw_arrow_head(const DiagramWay& way, Colour colour) {
        const PointOnPanel tip = way.at(1);
        const PointOnPanel before = way.at(0.96f);
        const float length = std::max(std::hypot(tip.x - before.x, tip.y - before.y), 0.001f);
        const float dx = (tip.x - before.x) / length;
        const float dy = (tip.y - before.y) / length;
        const float size = frame_.em() * 0.55f;
        const ImVec2 base = {tip.x - dx * size, tip.y - dy * size};
        pen_.triangle({tip.x, tip.y}, {base.x - dy * size * 0.45f, base.y + dx * size * 0.45f},
                      {base.x + dy * size * 0.45f, base.y - dx * size * 0.45f}, colour);
    }

    const std::string& name(size_t state) const { return frame_.model.states[state].name; }

    // ---- states ----

    void draw_box(size_t state) {
        const Theme& theme = frame_.theme;
        const debugger::StateInfo& info = frame_.model.states[state];
        const Area& box = shape_.box(state);
        const Colour colour = theme.state(info.role);
        const size_t count = state < diagram_.states.size() ? diagram_.states[state].processes.size() : 0;
        pen_.fill(box, theme.header, 6);
        pen_.fill(box, with_alpha(colour, count > 0 ? 34 : 14), 6);
        pen_.outline(box, with_alpha(colour, count > 0 ? 255 : 140), 6, count > 0 ? 1.5f : 1);
        const float sign = std::round(frame_.em() * 1.15f);
        const float pad = std::round(frame_.em() * 0.4f);
        pen_.state_sign({box.left + pad, box.top + pad, sign, sign}, info.role);
        ImFont* font = frame_.fonts.strong;
        const float count_width = Pen::width(font, std::to_string(count));
        pen_.text_cut(box.left + pad + sign + pad, box.right() - pad - (count > 0 ? count_width + pad : 0),
                      Pen::middle(box.top + pad, sign, font), font, count > 0 ? theme.text : theme.dim,
                      info.name);
        if (count > 0) {
            pen_.text_right(box.right() - pad, Pen::middle(box.top + pad, sign, font), font, theme.dim,
                            std::to_string(count));
        }
        std::string who;
        if (state < diagram_.states.size()) {
            for (const debugger::DiagramProcess& process : diagram_.states[state].processes) {
                who += (who.empty() ? "" : " ") + std::to_string(process.pid);
            }
        }
        frame_.widgets.add("diagram." + info.name, box.left, box.top, box.right(), box.bottom(),
                           std::move(who));
    }

    // ---- tokens ----

    static std::string token_words(const debugger::DiagramProcess& process, bool with_name) {
        return with_name ? fmt::format("{} {}", process.pid, process.name) : fmt::format("{}", process.pid);
    }

    // Numbers stand closer, so that many find room.
    float token_margin(bool with_name) const { return frame_.em() * (with_name ? 0.45f : 0.25f); }

    float token_width(const debugger::DiagramProcess& process, bool with_name, float most) const {
        const float words = Pen::width(frame_.fonts.label, token_words(process, with_name));
        return std::round(std::min(words + 2 * token_margin(with_name), most));
    }

    // Where tokens do not all find room with their names, numbers have to do.
    bool names_fit(size_t state, const Area& room) const {
        float x = room.left;
        float y = room.top;
        for (const debugger::DiagramProcess& process : diagram_.states[state].processes) {
            const float width = token_width(process, true, room.width);
            if (x + width > room.right() && x > room.left) {
                x = room.left;
                y += token_height_ + 3;
            }
            if (y + token_height_ > room.bottom()) return false;
            x += width + 4;
        }
        return true;
    }

    // Rows of tokens below the state's name; those that find no room are counted.
    void place_tokens(size_t state) {
        const Area& box = shape_.box(state);
        const float pad = std::round(frame_.em() * 0.4f);
        const float top = box.top + pad * 2 + std::round(frame_.em() * 1.15f);
        const float right = box.right() - pad;
        const bool with_names =
            names_fit(state, {box.left + pad, top, box.width - 2 * pad, box.bottom() - 2 - top});
        float x = box.left + pad;
        float y = top;
        size_t left_out = 0;
        for (const debugger::DiagramProcess& process : diagram_.states[state].processes) {
            const float width = token_width(process, with_names, box.width - 2 * pad);
            if (x + width > right && x > box.left + pad) {
                x = box.left + pad;
                y += token_height_ + 3;
            }
            const bool fits = y + token_height_ <= box.bottom() - 2;
            const Area slot = fits ? Area{x, y, width, token_height_}
                                   : Area{box.right() - pad - width, box.bottom() - token_height_ - 2, width,
                                          token_height_};
            if (!fits) left_out++;
            place_token(process, state, {slot, fits, with_names});
            x += width + 4;
        }
        if (left_out > 0) {
            pen_.text_right(box.right() - pad, box.bottom() - frame_.fonts.small->FontSize - 3,
                            frame_.fonts.small, frame_.theme.text, fmt::format("+{} more", left_out));
        }
    }

    // Where a token belongs.
    struct Slot {
        Area area;
        bool fits;
        bool with_name;
    };

    void place_token(const debugger::DiagramProcess& process, size_t state, const Slot& slot) {
        const uint64_t key = walker_key(process);
        const bool first_look = frame_.view.walks.empty();
        auto [entry, is_new] = frame_.view.walks.try_emplace(key);
        Walk& walk = entry->second;
        walk.seen = frame_.now;
        if (is_new) {
            walk.from = static_cast<uint8_t>(first_look ? state : birthplace(state));
            walk.to = walk.from;
        }
        if (walk.to != state) {
            walk.from = walk.to;
            walk.to = static_cast<uint8_t>(state);
            walk.begin = first_look ? -1000 : frame_.now;
        }
        const double share = (frame_.now - walk.begin) / kWalkSeconds;
        if (share >= 1 || walk.from >= shape_.size()) {
            if (slot.fits) draw_token({&process, state, slot.area, false, slot.with_name});
            return;
        }
        frame_.keep_moving();
        const float t = eased(static_cast<float>(std::max(share, 0.0)));
        const DiagramWay way = shape_.way(walk.from, state);
        const PointOnPanel on_way = way.at(t);
        // From the curve into its place during the last part of the way.
        const float settle = std::clamp((t - 0.6f) / 0.4f, 0.0f, 1.0f);
        const Area& home = slot.area;
        const float x = on_way.x + (home.left + home.width / 2 - on_way.x) * settle;
        const float y = on_way.y + (home.top + home.height / 2 - on_way.y) * settle;
        const Area here = {x - home.width / 2, y - home.height / 2, home.width, home.height};
        moving_.push_back({&process, state, here, true, slot.with_name});
    }

    size_t birthplace(size_t otherwise) const {
        for (size_t i = 0; i < frame_.model.states.size(); i++) {
            if (frame_.model.states[i].role == debugger::StateRole::unused) return i;
        }
        return otherwise;
    }

    void draw_token(const Token& token) {
        const Theme& theme = frame_.theme;
        const Colour colour = theme.state(frame_.model.states[token.state].role);
        const Area& a = token.area;
        pen_.fill(a, theme.panel, 4);
        pen_.fill(a, with_alpha(colour, token.moving ? 130 : 80), 4);
        pen_.outline(a, token.moving ? theme.accent : colour, 4, 1.5f);
        const std::string words = token_words(*token.process, true);
        pen_.text_cut(a.left + token_margin(token.with_name), a.right() - 2,
                      Pen::middle(a.top, a.height, frame_.fonts.label), frame_.fonts.label, theme.text,
                      token_words(*token.process, token.with_name));
        frame_.widgets.add(fmt::format("diagram.process.{}", token.process->pid), a.left, a.top, a.right(),
                           a.bottom(), name(token.state));
        if (pointer_in(a)) {
            tooltip(frame_, fmt::format("{}: {} since t = {}", words, name(token.state),
                                        with_commas(token.process->since)));
        }
    }

    void forget_the_dead() {
        std::erase_if(frame_.view.walks, [&](const auto& entry) { return entry.second.seen != frame_.now; });
    }

    Frame& frame_;
    Pen pen_;
    const debugger::StateDiagram& diagram_;
    DiagramShape shape_;
    float token_height_;
    std::vector<Token> moving_;
};

}  // namespace

void draw_diagram(Frame& frame, const Area& area) {
    frame.wishes.diagram = true;
    if (!frame.model.diagram.message.empty() || frame.model.states.empty()) {
        draw_message(frame, area,
                     frame.model.diagram.message.empty()
                         ? "This kernel has no lens: nothing is known of its processes."
                         : frame.model.diagram.message);
        return;
    }
    ImGui::PushClipRect({area.left, area.top}, {area.right(), area.bottom()}, true);
    DiagramPanel(frame, area).draw();
    ImGui::PopClipRect();
}

}  // namespace peach::gui
