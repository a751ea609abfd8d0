#pragma once
// Every widget names itself: what stands where in the window, and what it says. Tests read it instead of
// pixels; help and lessons point with it. Rebuilt each frame, in drawing order.
//
//   id                     value
//   transport.step         "enabled" or "disabled"
//   register.sp            0x7fffeff0
//   process.3.state        RUNNABLE

#include <string>
#include <string_view>
#include <vector>

namespace peach::gui {

struct Widget {
    std::string id;
    float left, top, right, bottom;  // pixels of the window
    std::string value;

    float centre_x() const { return (left + right) / 2; }
    float centre_y() const { return (top + bottom) / 2; }
};

class WidgetTable {
  public:
    void begin_frame() {
        widgets_.clear();
        cut_texts_.clear();
    }
    void add(std::string id, float left, float top, float right, float bottom, std::string value = {}) {
        widgets_.push_back({std::move(id), left, top, right, bottom, std::move(value)});
    }
    // The widget of that name that was drawn last, or null.
    const Widget* find(std::string_view id) const {
        for (auto widget = widgets_.rbegin(); widget != widgets_.rend(); ++widget) {
            if (widget->id == id) return &*widget;
        }
        return nullptr;
    }
    // Its value; empty if there is no such widget.
    std::string_view value(std::string_view id) const {
        const Widget* widget = find(id);
        return widget == nullptr ? std::string_view() : std::string_view(widget->value);
    }
    const std::vector<Widget>& all() const { return widgets_; }

    // Text that found no room and was cut with an ellipsis.
    void add_cut_text(std::string_view words) { cut_texts_.emplace_back(words); }
    const std::vector<std::string>& cut_texts() const { return cut_texts_; }

  private:
    std::vector<std::string> cut_texts_;
    std::vector<Widget> widgets_;
};

}  // namespace peach::gui
