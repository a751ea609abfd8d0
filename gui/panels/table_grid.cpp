#include "gui/panels/table_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <iterator>

namespace peach::gui {

namespace {

// What stands in a cell. Numbers of processes are names.
std::string words_of(const debugger::Column& column, const debugger::Cell& cell) {
    constexpr std::string_view kNames[] = {"PID", "Parent", "Group"};
    const bool number = column.alignment == debugger::Alignment::right;
    const bool name = std::ranges::find(kNames, column.title) != std::end(kNames);
    return number && !name ? with_commas_in(cell.text) : cell.text;
}

}  // namespace

TableGrid::TableGrid(Frame& frame, std::span<const debugger::Column> columns, float margin)
    : frame_(frame),
      columns_(columns),
      places_(columns.size()),
      margin_(margin),
      row_height_(std::round(frame.em() * 1.55f)),
      heading_height_(std::round(frame.em() * 1.5f)) {
    for (size_t i = 0; i < columns.size(); i++)
        places_[i].width = Pen::width(frame.fonts.small, columns[i].title);
}

void TableGrid::measure(std::span<const debugger::Cell> cells) {
    const float most = frame_.em() * 30;
    for (size_t i = 0; i < std::min(cells.size(), places_.size()); i++) {
        const float wanted =
            std::min(std::ceil(Pen::width(frame_.fonts.code, words_of(columns_[i], cells[i]))), most);
        places_[i].width = std::max(places_[i].width, wanted);
    }
}

void TableGrid::begin(const char* name, const Area& area, size_t rows) {
    const float gap = std::round(frame_.em() * 1.1f);
    float x = margin_;
    for (Place& place : places_) {
        place.left = x;
        x += place.width + gap;
    }
    rows_ = {area.left, area.top + heading_height_ + 1, area.width,
             std::max(area.height - heading_height_ - 1, 1.0f)};
    ImGui::SetCursorScreenPos({rows_.left, rows_.top});
    ImGui::SetNextWindowContentSize({x, row_height_ * static_cast<float>(rows)});
    ImGui::BeginChild(name, {rows_.width, rows_.height}, false, ImGuiWindowFlags_HorizontalScrollbar);
    scroll_x_ = ImGui::GetScrollX();
    scroll_y_ = ImGui::GetScrollY();
    pen_ = std::make_unique<Pen>(frame_);
    pen_->list().PushClipRect({area.left, area.top}, {area.right(), area.bottom()}, false);
    draw_headings(area);
    pen_->list().PopClipRect();
}

void TableGrid::end() {
    pen_.reset();
    ImGui::EndChild();
}

void TableGrid::draw_headings(const Area& area) {
    const float y = Pen::middle(area.top, heading_height_, frame_.fonts.small);
    for (size_t i = 0; i < columns_.size(); i++)
        draw_text(places_[i], i, y, frame_.fonts.small, frame_.theme.dim, columns_[i].title);
    pen_->fill({area.left, area.top + heading_height_, area.width, 1}, frame_.theme.line);
}

void TableGrid::draw_text(const Place& place, size_t column, float y, ImFont* font, Colour colour,
                          std::string_view words) {
    const float left = rows_.left + place.left - scroll_x_;
    const float right = left + place.width;
    if (columns_[column].alignment == debugger::Alignment::right) {
        pen_->text_right(right, y, font, colour, words);
    } else {
        pen_->text_cut(left, right + 1, y, font, colour, words);
    }
}

std::optional<Area> TableGrid::row(size_t index) const {
    const float top = rows_.top + static_cast<float>(index) * row_height_ - scroll_y_;
    if (top + row_height_ <= rows_.top || top >= rows_.bottom()) return std::nullopt;
    return Area{rows_.left, top, rows_.width, row_height_};
}

void TableGrid::draw_cells(const Area& line, std::span<const debugger::Cell> cells, const std::string& id) {
    const float y = Pen::middle(line.top, line.height, frame_.fonts.code);
    for (size_t i = 0; i < std::min(cells.size(), places_.size()); i++) {
        const Colour colour = cells[i].changed && !frame_.blurred() ? frame_.theme.accent : frame_.theme.text;
        std::string words = words_of(columns_[i], cells[i]);
        draw_text(places_[i], i, y, frame_.fonts.code, colour, words);
        const float left = line.left + places_[i].left - scroll_x_;
        std::string name = id + "." + columns_[i].title;
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
        frame_.widgets.add(std::move(name), left, line.top, left + places_[i].width, line.bottom(),
                           std::move(words));
    }
}

}  // namespace peach::gui
