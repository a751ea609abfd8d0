#include "gui/panel_frame.h"

#include <cmath>

#include "gui/draw.h"

namespace peach::gui {

namespace {

// The tabs of a header. Those that find no room are reached one by one, by the signs at the row's ends.
class TabRow {
  public:
    TabRow(Frame& frame, const std::string& panel, const Area& header, std::span<const Tab> tabs,
           std::string& open)
        : frame_(frame),
          pen_(frame),
          panel_(panel),
          header_(header),
          tabs_(tabs),
          open_(open),
          gap_(std::round(frame.em() * 1.1f)),
          right_(header.right() - std::round(frame.em() * 0.6f)) {}

    // Whether a sign was clicked: twice in a row is then no double click on the title.
    bool sign_clicked() const { return sign_clicked_; }

    // Returns where the row ends.
    float draw() {
        const size_t open = index_of_open();
        size_t first = 0;
        while (first < open && end_of(first, open) > right_) first++;
        x_ = begin_of(first);
        if (first > 0) draw_sign("<", header_.left + gap_ / 3, tabs_[open - 1]);
        for (size_t i = first; i < tabs_.size(); i++) {
            if (i > open && end_of(first, i) > right_) {
                draw_sign(">", right_ - Pen::width(font(), ">"), tabs_[open + 1]);
                return right_;
            }
            draw_tab(tabs_[i]);
        }
        return x_;
    }

  private:
    ImFont* font() const { return frame_.fonts.strong; }
    float sign_width() const { return std::round(frame_.em()); }

    size_t index_of_open() const {
        for (size_t i = 0; i < tabs_.size(); i++) {
            if (tabs_[i].name == open_) return i;
        }
        return 0;
    }

    float begin_of(size_t first) const {
        return header_.left + std::round(frame_.em() * 0.6f) + (first > 0 ? sign_width() : 0);
    }
    // Where the tabs from `first` to `last` end, with the sign for the others.
    float end_of(size_t first, size_t last) const {
        float x = begin_of(first);
        for (size_t i = first; i <= last; i++)
            x += Pen::width(font(), tabs_[i].title) + (i > first ? gap_ : 0);
        return last + 1 < tabs_.size() ? x + gap_ / 2 + sign_width() : x;
    }

    void draw_tab(const Tab& tab) {
        const float width = Pen::width(font(), tab.title);
        const float margin = frame_.em() * 0.3f;
        const Area spot = {x_ - margin, header_.top, width + 2 * margin, header_.height};
        const bool is_open = tab.name == open_;
        if (tabs_.size() > 1) {
            if (clicked(spot)) open_ = tab.name;
            if (is_open) pen_.fill({x_, header_.bottom() - 2, width, 2}, frame_.theme.accent);
            name(spot, tab, is_open ? "open" : "");
        }
        const bool bright = tabs_.size() == 1 || is_open || pointer_in(spot);
        pen_.text_cut(x_, std::max(right_, x_ + frame_.em()),
                      Pen::middle(header_.top, header_.height, font()), font(),
                      bright ? frame_.theme.text : frame_.theme.dim, tab.title);
        x_ += width + gap_;
    }

    void draw_sign(std::string_view sign, float x, const Tab& leads_to) {
        const Area spot = {x - gap_ / 3, header_.top, sign_width() + gap_ / 3, header_.height};
        pen_.text(x, Pen::middle(header_.top, header_.height, font()), font(),
                  pointer_in(spot) ? frame_.theme.text : frame_.theme.dim, sign);
        if (pointer_in(spot)) tooltip(frame_, leads_to.title);
        name(spot, leads_to, "");
        if (!clicked(spot)) return;
        open_ = leads_to.name;
        sign_clicked_ = true;
    }

    void name(const Area& spot, const Tab& tab, std::string value) {
        frame_.widgets.add(panel_ + ".tab." + std::string(tab.name), spot.left, spot.top, spot.right(),
                           spot.bottom(), std::move(value));
    }

    Frame& frame_;
    Pen pen_;
    const std::string& panel_;
    const Area& header_;
    std::span<const Tab> tabs_;
    std::string& open_;
    float gap_;
    float right_;
    float x_ = 0;
    bool sign_clicked_ = false;
};

}  // namespace

PanelFrame draw_panel_frame(Frame& frame, const std::string& panel, const Area& area,
                            std::span<const Tab> tabs, std::string& open, std::string_view hint,
                            Colour hint_colour) {
    Pen pen(frame);
    const Theme& theme = frame.theme;
    const float height = std::round(frame.em() * 1.75f);
    const Area header = {area.left, area.top, area.width, height};
    pen.fill(area, theme.panel);
    pen.fill(header, theme.header);
    TabRow row(frame, panel, header, tabs, open);
    const float x = row.draw();
    ImFont* small = frame.fonts.small;
    const float hint_right = area.right() - std::round(frame.em() * 0.6f);
    const float hint_width = Pen::width(small, hint);
    if (hint_right - hint_width > x) {
        pen.text_right(hint_right, Pen::middle(area.top, height, small), small, hint_colour, hint);
    }
    frame.widgets.add("panel." + panel, area.left, area.top, area.right(), area.bottom(), std::string(hint));
    return {{area.left, header.bottom(), area.width, std::max(area.height - height, 0.0f)},
            double_clicked(header) && !row.sign_clicked()};
}

void draw_state_legend(Frame& frame, const Area& header) {
    Pen pen(frame);
    ImFont* font = frame.fonts.small;
    const float sign = std::round(frame.em() * 0.95f);
    const float gap = std::round(frame.em() * 0.35f);
    float right = header.right() - std::round(frame.em() * 0.6f);
    const float y = std::round(header.top + (header.height - sign) / 2);
    const auto entry = [&](std::string_view name, const std::function<void(const Area&)>& draw_sign) {
        const float left = right - Pen::width(font, name) - gap - sign;
        if (left < header.left) return;
        pen.text(left + sign + gap, Pen::middle(header.top, header.height, font), font, frame.theme.dim,
                 name);
        draw_sign({left, y, sign, sign});
        right = left - std::round(frame.em() * 0.8f);
    };
    entry("kernel", [&](const Area& spot) { pen.fill(spot, frame.theme.kernel, 3); });
    for (auto state = frame.model.states.rbegin(); state != frame.model.states.rend(); ++state) {
        if (state->role == debugger::StateRole::unused || state->role == debugger::StateRole::other) continue;
        entry(state->name, [&](const Area& spot) { pen.state_sign(spot, state->role); });
    }
}

}  // namespace peach::gui
