#pragma once
// Where the six states stand and how the ways between them run, as the textbooks draw them.
//
//     EMBRYO ---> RUNNABLE <======> RUNNING
//       ^             ^           /    |
//       |              \         v     v
//     UNUSED <----      SLEEPING     ZOMBIE
//            \_____________________________/

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "debugger/event_log.h"
#include "gui/layout.h"

namespace peach::gui {

struct PointOnPanel {
    float x = 0;
    float y = 0;
};

// A way from one state to another: a cubic curve.
struct DiagramWay {
    std::array<PointOnPanel, 4> curve;
    std::string_view label;  // what happens on it, in the books' words; empty for ways that they do not draw
    PointOnPanel label_at;   // middle of the label's line
    enum class Side : uint8_t { left, centre, right } label_side = Side::centre;

    PointOnPanel at(float share) const;  // 0 at the beginning, 1 at the end
};

class DiagramShape {
  public:
    DiagramShape(const Area& area, float em, const std::vector<debugger::StateInfo>& states);

    const Area& box(size_t state) const { return boxes_[state]; }
    size_t size() const { return boxes_.size(); }
    // The way between two states; a straight one if the books have none.
    DiagramWay way(size_t from, size_t to) const;
    // Whether the books draw it, so that it is shown before anybody took it.
    bool in_the_books(size_t from, size_t to) const;

  private:
    Area place(debugger::StateRole role, size_t others_before) const;
    float ready_gap() const;
    std::optional<DiagramWay> book_way(debugger::StateRole from, debugger::StateRole to, const Area& a,
                                       const Area& b) const;

    Area area_;
    float em_;
    float box_width_;
    float box_height_;
    float ready_gap_;  // between EMBRYO and RUNNABLE
    std::vector<debugger::StateRole> roles_;
    std::vector<Area> boxes_;
};

}  // namespace peach::gui
