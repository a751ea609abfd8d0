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
          token_height_(std::round(frame.em() * 1.35f)),
          first_look_(frame.view.walks.empty()) {}

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
        if (!way.label.empty()) draw_label(way, taken ? theme.accent : theme.dim);
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

    // Left out where it would lie on a state or on another label.
    void draw_label(const DiagramWay& way, Colour colour) {
        ImFont* font = frame_.fonts.small;
        const float width = Pen::width(font, way.label);
        const float shift = way.label_side == DiagramWay::Side::left    ? 0
                            : way.label_side == DiagramWay::Side::right ? width
                                                                        : width / 2;
        const Area label = {std::round(way.label_at.x - shift), Pen::middle(way.label_at.y, 0, font), width,
                            font->FontSize};
        for (size_t state = 0; state < shape_.size(); state++) {
            if (is_shown(state) && overlap(label, shape_.box(state))) return;
        }
        for (const Area& other : labels_) {
            if (overlap(label, other)) return;
        }
        labels_.push_back(label);
        pen_.text(label.left, label.top, font, colour, way.label);
        frame_.widgets.add(fmt::format("diagram.label.{}", way.label), label.left, label.top, label.right(),
                           label.bottom(), std::string(way.label));
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
        const float sign = title_sign();
        pen_.state_sign({box.left + title_pad(), box.top + title_pad(), sign, sign}, info.role);
        if (count == 0 || !is_low(box)) draw_title(box, info.name, count);
        std::string who;
        if (state < diagram_.states.size()) {
            for (const debugger::DiagramProcess& process : diagram_.states[state].processes) {
                who += (who.empty() ? "" : " ") + std::to_string(process.pid);
            }
        }
        frame_.widgets.add("diagram." + info.name, box.left, box.top, box.right(), box.bottom(),
                           std::move(who));
    }

    // The state's name, and how many are in it. A name that has no room beside the number stands alone, in
    // smaller letters if need be.
    void draw_title(const Area& box, const std::string& state_name, size_t count) {
        ImFont* font = frame_.fonts.strong;
        const float left = box.left + title_sign() + 2 * title_pad();
        float right = box.right() - title_pad();
        const std::string number = std::to_string(count);
        const float row = box.top + title_pad();
        const float beside = right - Pen::width(font, number) - title_pad();
        if (count > 0 && Pen::width(font, state_name) <= beside - left) {
            pen_.text_right(right, Pen::middle(row, title_sign(), font), font, frame_.theme.dim, number);
            right = beside;
        }
        if (Pen::width(font, state_name) > right - left) font = frame_.fonts.small;
        pen_.text_cut(left, right, Pen::middle(row, title_sign(), font), font,
                      count > 0 ? frame_.theme.text : frame_.theme.dim, state_name);
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

    // Where a token belongs.
    struct Slot {
        Area area;
        bool fits;
        bool with_name;
    };

    // In rows, as many as there is room for.
    std::vector<Slot> slots(size_t state, const Area& room, bool with_names) const {
        std::vector<Slot> all;
        float x = room.left;
        float y = room.top;
        for (const debugger::DiagramProcess& process : diagram_.states[state].processes) {
            const float width = token_width(process, with_names, room.width);
            if (x + width > room.right() && x > room.left) {
                x = room.left;
                y += token_height_ + 3;
            }
            all.push_back({{x, y, width, token_height_}, y + token_height_ <= room.bottom(), with_names});
            x += width + 4;
        }
        return all;
    }

    // Below the state's name; in its place where a box is too low for both.
    Area token_room(size_t state) const {
        const Area& box = shape_.box(state);
        const float pad = title_pad();
        const float title = title_sign() + 2 * pad;
        if (is_low(box)) {
            const float left = box.left + pad + title_sign() + pad;
            const float top = box.top + std::round((title - token_height_) / 2);
            return {left, top, box.right() - pad - left, token_height_};
        }
        return {box.left + pad, box.top + title, box.width - 2 * pad, box.height - 2 - title};
    }
    bool is_low(const Area& box) const {
        return title_sign() + 2 * title_pad() + token_height_ + 2 > box.height;
    }
    float title_sign() const { return std::round(frame_.em() * 1.15f); }
    float title_pad() const { return std::round(frame_.em() * 0.4f); }

    // Where they do not all find room with their names, numbers have to do; those that still find none are
    // counted.
    void place_tokens(size_t state) {
        const auto& processes = diagram_.states[state].processes;
        const Area room = token_room(state);
        std::vector<Slot> places = slots(state, room, true);
        if (!std::ranges::all_of(places, &Slot::fits)) places = slots(state, room, false);
        if (!std::ranges::all_of(places, &Slot::fits)) count_the_rest(state, room, places);
        for (size_t i = 0; i < processes.size(); i++) place_token(processes[i], state, places[i]);
    }

    // "+12 more" at the end of the last row, which gives up as many tokens as stand in its place.
    void count_the_rest(size_t state, const Area& room, std::vector<Slot>& places) {
        ImFont* font = frame_.fonts.small;
        auto shown = static_cast<size_t>(std::ranges::find(places, false, &Slot::fits) - places.begin());
        const float last_row = shown > 0 ? places[shown - 1].area.top : room.top;
        std::string words;
        const auto left_edge = [&] {
            words = fmt::format("+{}{}", places.size() - shown, is_low(shape_.box(state)) ? "" : " more");
            return room.right() - Pen::width(font, words);
        };
        while (shown > 0 && places[shown - 1].area.top == last_row &&
               places[shown - 1].area.right() + 4 > left_edge()) {
            shown--;
        }
        const float left = left_edge();
        const Area there = {left, last_row, room.right() - left, token_height_};
        for (size_t i = shown; i < places.size(); i++) places[i] = {there, false, false};
        pen_.text(left, Pen::middle(last_row, token_height_, font), font, frame_.theme.text, words);
        frame_.widgets.add("diagram.more." + name(state), there.left, there.top, there.right(),
                           there.bottom(), std::to_string(places.size() - shown));
    }

    void place_token(const debugger::DiagramProcess& process, size_t state, const Slot& slot) {
        const uint64_t key = walker_key(process);
        auto [entry, is_new] = frame_.view.walks.try_emplace(key);
        Walk& walk = entry->second;
        walk.seen = frame_.now;
        if (is_new) {
            walk.from = static_cast<uint8_t>(first_look_ ? state : birthplace(state));
            walk.to = walk.from;
        }
        if (walk.to != state) {
            walk.from = walk.to;
            walk.to = static_cast<uint8_t>(state);
            walk.begin = first_look_ ? -1000 : frame_.now;
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
    bool first_look_;  // nobody is known yet, so nobody walks
    std::vector<Token> moving_;
    std::vector<Area> labels_;  // that stand already
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
