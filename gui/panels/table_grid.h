#pragma once
// Rows and columns, as wide as what stands in them; what does not fit is scrolled to.

#include <imgui.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gui/draw.h"

namespace peach::gui {

class TableGrid {
  public:
    // `margin` is kept free before the first column, for a sign.
    TableGrid(Frame& frame, std::span<const debugger::Column> columns, float margin);

    // First every row makes its columns wide enough.
    void measure(std::span<const debugger::Cell> cells);
    // Then the headings, and the scrolled part below them; between begin() and end(), the rows.
    void begin(const char* name, const Area& area, size_t rows);
    void end();
    // Where a row stands; nothing if it is out of view.
    std::optional<Area> row(size_t index) const;
    // `id` names the cells' widgets: id.TITLE.
    void draw_cells(const Area& line, std::span<const debugger::Cell> cells, const std::string& id);
    Pen& pen() { return *pen_; }

  private:
    struct Place {
        float left = 0;  // from the table's left edge
        float width = 0;
    };
    void draw_headings(const Area& area);
    void draw_text(const Place& place, size_t column, float y, ImFont* font, Colour colour,
                   std::string_view words);

    Frame& frame_;
    std::span<const debugger::Column> columns_;
    std::vector<Place> places_;
    float margin_;
    float row_height_;
    float heading_height_;
    Area rows_;
    float scroll_x_ = 0;
    float scroll_y_ = 0;
    std::unique_ptr<Pen> pen_;  // between begin() and end()
};

}  // namespace peach::gui
