// The terminal: the guest's console. With the keyboard in it, what is typed goes to the guest.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

// The guest's lines, folded at the panel's width so that none of their letters is out of sight.
class TerminalPanel {
  public:
    TerminalPanel(Frame& frame, const Area& area)
        : frame_(frame),
          pen_(frame),
          view_(frame.model.terminal),
          area_(area),
          font_(frame.fonts.code),
          pad_(std::round(frame.em() * 0.6f)),
          letter_(Pen::width(font_, "0")),
          row_height_(std::round(frame.em() * 1.3f)),
          top_(area.top + pad_ / 2 - ImGui::GetScrollY()) {
        const float room = area.width - 2 * pad_ - ImGui::GetStyle().ScrollbarSize;
        columns_ = static_cast<size_t>(std::max(room / letter_, 1.0f));
        first_rows_.reserve(view_.lines.size() + 1);
        size_t row = 0;
        for (size_t i = 0; i < view_.lines.size(); i++) {
            first_rows_.push_back(row);
            row += rows_of(i);
        }
        first_rows_.push_back(row);
    }

    // Returns the height of everything.
    float draw() {
        draw_caret();
        for (size_t i = 0; i < view_.lines.size(); i++) {
            const Area line = area_of(i);
            if (line.bottom() >= area_.top && line.top <= area_.bottom()) draw_line(i, line);
            if (i + kNamedLines >= view_.lines.size()) {
                frame_.widgets.add(fmt::format("terminal.line.{}", i), line.left, line.top, line.right(),
                                   line.bottom(), view_.lines[i].text);
            }
        }
        const size_t rows = std::max(first_rows_.back(), caret_row() + 1);
        return row_height_ * static_cast<float>(rows) + pad_;
    }

  private:
    static constexpr size_t kNamedLines = 40;  // the last ones are widgets

    size_t rows_of(size_t line) const {
        return std::max<size_t>((view_.lines[line].text.size() + columns_ - 1) / columns_, 1);
    }
    float top_of(size_t row) const { return top_ + static_cast<float>(row) * row_height_; }
    Area area_of(size_t line) const {
        const float top = top_of(first_rows_[line]);
        return {area_.left, top, area_.width, top_of(first_rows_[line + 1]) - top};
    }

    size_t caret_row() const {
        const size_t line = std::min(view_.cursor_line, view_.lines.size());
        return first_rows_[line] + (view_.cursor_line - line) + view_.cursor_column / columns_;
    }

    void draw_caret() {
        const Area caret = {area_.left + pad_ + static_cast<float>(view_.cursor_column % columns_) * letter_,
                            top_of(caret_row()), letter_, row_height_};
        if (frame_.view.terminal_focused) {
            pen_.fill(caret, frame_.theme.accent);
        } else {
            pen_.outline(caret, frame_.theme.faint);
        }
    }

    void draw_line(size_t index, const Area& line) {
        const debugger::TerminalLine& words = view_.lines[index];
        for (size_t begin = 0; begin < words.text.size(); begin += columns_) {
            const size_t row = begin / columns_;
            const float top = line.top + static_cast<float>(row) * row_height_;
            pen_.text(area_.left + pad_, Pen::middle(top, row_height_, font_), font_, frame_.theme.text,
                      std::string_view(words.text).substr(begin, columns_));
        }
        if (double_clicked(line)) seek_to_character(words, line);
    }

    // To the moment at which the guest sent it.
    void seek_to_character(const debugger::TerminalLine& words, const Area& line) {
        const ImVec2 at = ImGui::GetIO().MousePos;
        const auto row = static_cast<size_t>((at.y - line.top) / row_height_);
        const auto column = static_cast<size_t>(std::max((at.x - area_.left - pad_) / letter_, 0.0f));
        const size_t character = row * columns_ + column;
        if (column >= columns_ || character >= words.cycles.size()) return;
        frame_.actions.emplace_back(
            [cycle = words.cycles[character]](debugger::Session& session) { session.seek(cycle); });
    }

    Frame& frame_;
    Pen pen_;
    const debugger::TerminalView& view_;
    Area area_;
    ImFont* font_;
    float pad_;
    float letter_;
    float row_height_;
    float top_;  // of the first row
    size_t columns_;
    std::vector<size_t> first_rows_;  // of each line, and of what comes after the last
};

}  // namespace

void draw_terminal(Frame& frame, const Area& area) {
    frame.wishes.terminal = true;
    if (ImGui::IsMouseClicked(0)) frame.view.terminal_focused = pointer_in(area);
    ImGui::SetCursorScreenPos({area.left, area.top});
    ImGui::BeginChild("terminal", {area.width, area.height});
    const bool at_end = ImGui::GetScrollY() >= ImGui::GetScrollMaxY() - 1;
    const float height = TerminalPanel(frame, area).draw();
    ImGui::SetCursorScreenPos({area.left, area.top - ImGui::GetScrollY()});
    ImGui::Dummy({1, height});
    if (at_end) ImGui::SetScrollHereY(1);
    ImGui::EndChild();
    if (frame.view.terminal_focused) {
        Pen(frame).outline({area.left, area.top, area.width, area.height}, frame.theme.accent, 0, 2);
    }
    frame.widgets.add("terminal", area.left, area.top, area.right(), area.bottom(),
                      frame.view.terminal_focused ? "focused" : "");
}

}  // namespace peach::gui
