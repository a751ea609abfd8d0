#include "gui/panels/diagram_shape.h"

#include <algorithm>
#include <cmath>

namespace peach::gui {

namespace {

using debugger::StateRole;

PointOnPanel centre(const Area& a) {
    return {a.left + a.width / 2, a.top + a.height / 2};
}

PointOnPanel between_points(PointOnPanel a, PointOnPanel b, float share) {
    return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

DiagramWay straight(PointOnPanel a, PointOnPanel b) {
    return {{a, between_points(a, b, 1.0f / 3), between_points(a, b, 2.0f / 3), b},
            {},
            between_points(a, b, 0.5f)};
}

// Where the line from the middle of a box towards a point leaves the box.
PointOnPanel border_towards(const Area& box, PointOnPanel target) {
    const PointOnPanel c = centre(box);
    const float dx = target.x - c.x;
    const float dy = target.y - c.y;
    const float across = dx == 0 ? 1e9f : box.width / 2 / std::abs(dx);
    const float down = dy == 0 ? 1e9f : box.height / 2 / std::abs(dy);
    return between_points(c, target, std::min({across, down, 1.0f}));
}

}  // namespace

PointOnPanel DiagramWay::at(float t) const {
    const float s = 1 - t;
    const float a = s * s * s;
    const float b = 3 * s * s * t;
    const float c = 3 * s * t * t;
    const float d = t * t * t;
    return {a * curve[0].x + b * curve[1].x + c * curve[2].x + d * curve[3].x,
            a * curve[0].y + b * curve[1].y + c * curve[2].y + d * curve[3].y};
}

DiagramShape::DiagramShape(const Area& area, float em, const std::vector<debugger::StateInfo>& states)
    : area_(area),
      em_(em),
      box_width_(std::round(std::clamp(area.width * 0.255f, em * 6, em * 15))),
      box_height_(std::round(
          std::clamp(std::min(area.height * 0.36f, (area.height - em * 5) / 2), em * 2.6f, em * 8.5f))) {
    size_t others = 0;
    for (const debugger::StateInfo& state : states) {
        roles_.push_back(state.role);
        boxes_.push_back(place(state.role, others));
        if (state.role == StateRole::other) others++;
    }
}

Area DiagramShape::place(StateRole role, size_t others_before) const {
    const float upper = area_.top + std::round(area_.height * 0.035f) + em_ * 0.2f;
    const float lower = area_.bottom() - box_height_ - std::round(em_ * 2.3f);
    const float room = area_.width - box_width_ - em_;
    const float left = area_.left + em_ / 2;
    const auto box = [&](float share, float top) {
        return Area{std::round(left + room * share), std::round(top), box_width_, box_height_};
    };
    switch (role) {
        case StateRole::embryo:
            return box(0, upper);
        case StateRole::unused: {
            Area small = box(0, lower);  // nobody stands here: a place to come from and go to
            small.top = std::round(lower + box_height_ * 0.45f);
            small.height = std::round(box_height_ * 0.55f);
            return small;
        }
        case StateRole::runnable:
            return box(0.42f, upper);
        case StateRole::running:
            return box(1, upper);
        case StateRole::sleeping:
            return box(0.56f, lower);
        case StateRole::zombie:
            return box(1, lower);
        case StateRole::other:
            break;
    }
    return box(0.2f + 0.2f * static_cast<float>(others_before % 4), (upper + lower) / 2);
}

std::optional<DiagramWay> DiagramShape::book_way(StateRole from, StateRole to, const Area& a,
                                                 const Area& b) const {
    using Side = DiagramWay::Side;
    const auto is = [&](StateRole x, StateRole y) { return from == x && to == y; };
    const float third = a.height / 3;
    const auto with_label = [](DiagramWay way, std::string_view label, PointOnPanel at, Side side) {
        way.label = label;
        way.label_at = at;
        way.label_side = side;
        return way;
    };
    if (is(StateRole::unused, StateRole::embryo)) {
        const float x = a.left + a.width * 0.3f;
        const DiagramWay way = straight({x, a.top}, {x, b.bottom()});
        return with_label(way, "fork", {x + em_ * 0.5f, (a.top + b.bottom()) / 2}, Side::left);
    }
    if (is(StateRole::embryo, StateRole::runnable)) {
        const float y = a.top + a.height / 2;
        const DiagramWay way = straight({a.right(), y}, {b.left, y});
        return with_label(way, "ready", {(a.right() + b.left) / 2, y - em_ * 0.75f}, Side::centre);
    }
    if (is(StateRole::runnable, StateRole::running)) {
        const float y = a.top + third;
        const DiagramWay way = straight({a.right(), y}, {b.left, y});
        return with_label(way, "scheduled", {(a.right() + b.left) / 2, y - em_ * 0.75f}, Side::centre);
    }
    if (is(StateRole::running, StateRole::runnable)) {
        const float y = a.top + 2 * third;
        const DiagramWay way = straight({a.left, y}, {b.right(), y});
        return with_label(way, "preempted", {(a.left + b.right()) / 2, y + em_ * 0.75f}, Side::centre);
    }
    if (is(StateRole::running, StateRole::sleeping)) {
        const DiagramWay way =
            straight({a.left + a.width * 0.22f, a.bottom()}, {b.left + b.width * 0.8f, b.top});
        const PointOnPanel middle = way.at(0.5f);
        return with_label(way, "waits", {middle.x - em_ * 0.9f, middle.y - em_ * 0.5f}, Side::right);
    }
    if (is(StateRole::sleeping, StateRole::runnable)) {
        const DiagramWay way =
            straight({a.left + a.width * 0.25f, a.top}, {b.left + b.width * 0.5f, b.bottom()});
        const PointOnPanel middle = way.at(0.5f);
        return with_label(way, "woken", {middle.x - em_ * 0.9f, middle.y + em_ * 0.3f}, Side::right);
    }
    if (is(StateRole::running, StateRole::zombie)) {
        const float x = a.left + a.width * 0.7f;
        const DiagramWay way = straight({x, a.bottom()}, {x, b.top});
        return with_label(way, "exits", {x - em_ * 0.5f, (a.bottom() + b.top) / 2}, Side::right);
    }
    if (is(StateRole::zombie, StateRole::unused)) {
        const float low = area_.bottom() - std::round(em_ * 0.8f);
        const PointOnPanel begin = {a.left + a.width * 0.3f, a.bottom()};
        const PointOnPanel end = {b.left + b.width * 0.6f, b.bottom()};
        const float dip = low + (low - a.bottom()) * 0.35f;
        const DiagramWay way = {
            {begin, {begin.x - a.width * 0.4f, dip}, {end.x + a.width * 0.4f, dip}, end}, {}, {}};
        return with_label(way, "collected by its parent",
                          {(begin.x + end.x) / 2 - a.width * 0.25f, a.bottom() + em_ * 0.55f}, Side::centre);
    }
    return std::nullopt;
}

DiagramWay DiagramShape::way(size_t from, size_t to) const {
    const Area& a = boxes_[from];
    const Area& b = boxes_[to];
    if (const auto way = book_way(roles_[from], roles_[to], a, b)) return *way;
    // The way back of one that the books have (time runs backwards), else a straight line.
    if (const auto back = book_way(roles_[to], roles_[from], b, a)) {
        return {{back->curve[3], back->curve[2], back->curve[1], back->curve[0]}, {}, back->label_at};
    }
    return straight(border_towards(a, centre(b)), border_towards(b, centre(a)));
}

bool DiagramShape::in_the_books(size_t from, size_t to) const {
    return book_way(roles_[from], roles_[to], boxes_[from], boxes_[to]).has_value();
}

}  // namespace peach::gui
