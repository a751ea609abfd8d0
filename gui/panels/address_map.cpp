// The address space of the running process, area after area from low addresses to high: a square for each
// page. Filled: it is in memory, and the map of memory's owners marks where. Hatched: others have it, too.
// Crossed: the kernel has it elsewhere. Empty: nobody has touched it yet.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/draw.h"
#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

using debugger::AddressArea;
using debugger::AddressMap;
using debugger::AddressPage;

constexpr size_t kMostLines = 6;  // of squares of one area

std::string size_text(uint64_t bytes) {
    if (bytes >= 1u << 20) return fmt::format("{} MiB", with_commas(bytes >> 20));
    return fmt::format("{} KiB", bytes >> 10);
}

class Painter {
  public:
    Painter(Frame& frame, const AddressMap& map, const Area& area)
        : frame_(frame), map_(map), area_(area), pen_(frame), y_(area.top) {}

    void draw() {
        const std::string title = fmt::format("{}, page table at 0x{:08X}", map_.process, map_.page_table);
        line(title, frame_.fonts.label, frame_.theme.text);
        uint64_t end = 0;
        for (const AddressArea& area : map_.areas) {
            if (area.first > end)
                line(fmt::format("{} unused", size_text(area.first - end)), frame_.fonts.small,
                     frame_.theme.faint);
            draw_area(area);
            end = area.end();
        }
    }
    float bottom() const { return y_; }

  private:
    void line(std::string_view words, ImFont* font, Colour colour) {
        const float height = std::round(frame_.em() * 1.5f);
        pen_.text_cut(area_.left, area_.right(), Pen::middle(y_, height, font), font, colour, words);
        y_ += height;
    }

    void draw_area(const AddressArea& area) {
        const auto resident = static_cast<size_t>(std::ranges::count_if(
            area.pages, [](const AddressPage& page) { return page.physical.has_value(); }));
        const std::string words = fmt::format("0x{:08X}  {}: {} of {} pages in memory", area.first, area.name,
                                              with_commas(resident), with_commas(area.pages.size()));
        const float top = y_;
        line(words, frame_.fonts.small, frame_.theme.dim);
        const float size = std::round(frame_.em() * 1.1f);
        const auto columns = static_cast<size_t>(std::max(1.0f, std::floor(area_.width / size)));
        const size_t count = std::min(area.pages.size(), columns * kMostLines);
        for (size_t i = 0; i < count; ++i) {
            const size_t row = i / columns;
            const Area square = {area_.left + static_cast<float>(i % columns) * size,
                                 y_ + static_cast<float>(row) * size, size - 1, size - 1};
            draw_page(area, i, square);
        }
        const size_t rows = (count + columns - 1) / columns;
        y_ += static_cast<float>(rows) * size + 2;
        if (count < area.pages.size())
            line(fmt::format("and {} more pages", with_commas(area.pages.size() - count)), frame_.fonts.small,
                 frame_.theme.faint);
        frame_.widgets.add(fmt::format("address-map.{:08x}", area.first), area_.left, top, area_.right(), y_,
                           words);
    }

    void draw_page(const AddressArea& area, size_t index, const Area& square) {
        const AddressPage& page = area.pages[index];
        const Theme& theme = frame_.theme;
        const Colour colour = numbered_colour(map_.pid, theme.light);
        if (page.physical) {
            pen_.fill(square, colour);
            if (page.users > 1) pen_.hatch(square, Hatch::diagonal, theme.panel);
            if (page.written)
                pen_.disc(square.left + square.width / 2, square.top + square.height / 2, square.width / 6,
                          theme.light ? theme.panel : theme.ground);
        } else {
            if (page.is_elsewhere()) pen_.hatch(square, Hatch::crossed, colour);
            pen_.outline(square, page.is_elsewhere() ? colour : theme.line);
        }
        if (page.physical && frame_.view.page_to_mark && *frame_.view.page_to_mark == *page.physical)
            pen_.outline({square.left - 1, square.top - 1, square.width + 2, square.height + 2}, theme.text,
                         0, 2);
        point(area, index, square);
    }

    void point(const AddressArea& area, size_t index, const Area& square) {
        if (!pointer_in(square)) return;
        const AddressPage& page = area.pages[index];
        tooltip(frame_, debugger::describe_page(area, index) + (page.physical ? "\nclick: its bytes" : ""));
        if (page.physical) frame_.point_at_page(*page.physical);
        if (page.physical && clicked(square)) frame_.view.memory_address = area.address_of(index);
    }

    Frame& frame_;
    const AddressMap& map_;
    Area area_;
    Pen pen_;
    float y_;
};

}  // namespace

void draw_address_map(Frame& frame, const Area& area) {
    frame.wishes.address_map = true;
    const AddressMap& map = frame.model.address_map;
    if (map.areas.empty()) {
        if (!map.message.empty()) draw_message(frame, area, map.message);
        return;  // else it comes with the next frame
    }
    const float pad = std::round(frame.em() * 0.6f);
    ImGui::SetCursorScreenPos({area.left, area.top});
    ImGui::BeginChild("address-map", {area.width, area.height});
    const float top = area.top + 4 - ImGui::GetScrollY();
    Painter painter(frame, map, {area.left + pad, top, area.width - 2 * pad, area.height});
    painter.draw();
    // What was drawn gives the scroll bar its range.
    ImGui::SetCursorScreenPos({area.left, top});
    ImGui::Dummy({1, painter.bottom() - top + pad});
    ImGui::EndChild();
}

}  // namespace peach::gui
