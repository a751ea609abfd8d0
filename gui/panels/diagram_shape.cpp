#include "gui/panels/diagram_shape.h"

#include <algorithm>
#include <cmath>
#include <iterator>

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

// Shares of a box's width and height.
struct PointOnBox {
    float across;
    float down;
};

PointOnPanel point_on(const Area& box, PointOnBox share) {
    return {box.left + box.width * share.across, box.top + box.height * share.down};
}

// A way as the textbooks draw it: from one box's border to another's, and where its label stands.
struct BookWay {
    StateRole from, to;
    PointOnBox begin, end;
    std::string_view label;
    PointOnPanel label_offset;  // from the middle of the way, in font heights
    DiagramWay::Side label_side;
};

constexpr auto kLeft = DiagramWay::Side::left;
constexpr auto kCentre = DiagramWay::Side::centre;
constexpr auto kRight = DiagramWay::Side::right;
constexpr float kThird = 1.0f / 3;

constexpr BookWay kBookWays[] = {
    {StateRole::unused, StateRole::embryo, {0.3f, 0}, {0.3f, 1}, "fork", {0.5f, 0}, kLeft},
    {StateRole::embryo, StateRole::runnable, {1, 0.5f}, {0, 0.5f}, "ready", {0, -0.75f}, kCentre},
    {StateRole::runnable, StateRole::running, {1, kThird}, {0, kThird}, "scheduled", {0, -0.75f}, kCentre},
    {StateRole::running,
     StateRole::runnable,
     {0, 2 * kThird},
     {1, 2 * kThird},
     "preempted",
     {0, 0.75f},
     kCentre},
    {StateRole::running, StateRole::sleeping, {0.22f, 1}, {0.8f, 0}, "waits", {-0.9f, -0.5f}, kRight},
    {StateRole::sleeping, StateRole::runnable, {0.25f, 0}, {0.5f, 1}, "woken", {-0.9f, 0.3f}, kRight},
    {StateRole::running, StateRole::zombie, {0.7f, 1}, {0.7f, 0}, "exits", {-0.5f, 0}, kRight},
    {StateRole::zombie,
     StateRole::unused,
     {0.3f, 1},
     {0.6f, 1},
     "collected by its parent",
     {0, 0.55f},
     kCentre},
};

const BookWay* find_way(StateRole from, StateRole to) {
    const auto found =
        std::ranges::find_if(kBookWays, [&](const BookWay& way) { return way.from == from && way.to == to; });
    return found == std::end(kBookWays) ? nullptr : &*found;
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
          std::clamp(std::min(area.height * 0.36f, (area.height - em * 5) / 2), em * 2.6f, em * 8.5f))),
      ready_gap_(std::round(ready_gap())) {
    size_t others = 0;
    for (const debugger::StateInfo& state : states) {
        roles_.push_back(state.role);
        boxes_.push_back(place(state.role, others));
        if (state.role == StateRole::other) others++;
    }
}

// The upper three boxes share what is left of the width: "ready" between the first two, the longer
// "preempted" between the others, which comes first where both have too little.
float DiagramShape::ready_gap() const {
    const float gaps = area_.width - em_ - 3 * box_width_;
    return std::max(em_ * 0.8f, std::min(gaps * 0.37f, gaps - em_ * 3.9f));
}

Area DiagramShape::place(StateRole role, size_t others_before) const {
    const float upper = area_.top + std::round(area_.height * 0.035f) + em_ * 0.2f;
    const float lower = area_.bottom() - box_height_ - std::round(em_ * 2.3f);
    const float room = area_.width - box_width_ - em_;
    const float runnable = (box_width_ + ready_gap_) / std::max(room, 1.0f);
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
            return box(runnable, upper);
        case StateRole::running:
            return box(1, upper);
        case StateRole::sleeping:
            return box((runnable + 1) * 0.39f, lower);
        case StateRole::zombie:
            return box(1, lower);
        case StateRole::other:
            break;
    }
    return box(0.2f + 0.2f * static_cast<float>(others_before % 4), (upper + lower) / 2);
}

std::optional<DiagramWay> DiagramShape::book_way(StateRole from, StateRole to, const Area& a,
                                                 const Area& b) const {
    const BookWay* row = find_way(from, to);
    if (row == nullptr) return std::nullopt;
    const PointOnPanel begin = point_on(a, row->begin);
    const PointOnPanel end = point_on(b, row->end);
    DiagramWay way = straight(begin, end);
    const PointOnPanel middle = way.at(0.5f);
    way.label = row->label;
    way.label_at = {middle.x + row->label_offset.x * em_, middle.y + row->label_offset.y * em_};
    way.label_side = row->label_side;
    const bool below = row->begin.down == 1 && row->end.down == 1;
    if (below) {  // around everything between them
        const float low = area_.bottom() - std::round(em_ * 0.8f);
        const float dip = low + (low - a.bottom()) * 0.35f;
        way.curve = {begin, {begin.x - a.width * 0.4f, dip}, {end.x + a.width * 0.4f, dip}, end};
    } else if (begin.y == end.y) {  // what is below the boxes belongs to other ways
        way.label_at.y = std::min(way.label_at.y, a.bottom() - em_ * 0.42f);
    }
    return way;
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
