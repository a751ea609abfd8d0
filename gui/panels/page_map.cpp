// Physical memory at a glance: a square for each page, in the order of addresses, line by line, in the colour
// of whoever has it. Above it stands who that is; the pointer on a name leaves only that owner's pages
// bright.

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cctype>
#include <cmath>
#include <optional>

#include "gui/draw.h"
#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

using debugger::MappedPage;
using debugger::PageMap;
using debugger::PageOwner;

constexpr float kSmallest = 3;   // pixels of a square
constexpr float kWithGap = 6;    // from this size on, squares stand apart
constexpr float kWithHatch = 9;  // and what is shared is hatched
constexpr float kLargest = 48;
constexpr uint16_t kNobody = 0;  // the owner "free"

// Of a process by its number, so that it keeps it; the kernel's kinds are shades of one.
Colour owner_colour(const Frame& frame, const PageMap& map, size_t owner) {
    const Theme& theme = frame.theme;
    if (owner == kNobody) return theme.line;
    if (map.owners[owner].pid != 0) return numbered_colour(map.owners[owner].pid, theme.light);
    const float shade = 0.28f * static_cast<float>(owner - 1);
    return between(theme.kernel, theme.panel, std::min(shade, 0.7f));
}

// Names from left to right, in lines; returns the bottom of the last. `pointed` is set to the one under the
// pointer.
class Legend {
  public:
    Legend(Frame& frame, const PageMap& map, const Area& area)
        : frame_(frame), map_(map), area_(area), pen_(frame), x_(area.left), y_(area.top) {}

    float draw(std::optional<size_t>& pointed) {
        for (size_t owner = 0; owner < map_.owners.size(); ++owner) {
            if (draw_entry(owner)) pointed = owner;
        }
        return y_ + line_height();
    }

  private:
    float line_height() const { return std::round(frame_.em() * 1.5f); }

    bool draw_entry(size_t number) {
        const PageOwner& owner = map_.owners[number];
        const std::string words = fmt::format("{}  {}", owner.name, with_commas(owner.pages));
        const float box = std::round(frame_.em() * 0.75f);
        const float width = box + frame_.em() * 0.4f + Pen::width(frame_.fonts.small, words);
        if (x_ > area_.left && x_ + width > area_.right()) {
            x_ = area_.left;
            y_ += line_height();
        }
        const Area entry = {x_, y_, width, line_height()};
        const Colour colour = owner_colour(frame_, map_, number);
        pen_.fill({x_, std::round(y_ + (line_height() - box) / 2), box, box}, colour, 2);
        pen_.text(x_ + box + frame_.em() * 0.4f, Pen::middle(y_, line_height(), frame_.fonts.small),
                  frame_.fonts.small, frame_.theme.text, words);
        frame_.widgets.add(fmt::format("page-map.owner.{}", owner.name), entry.left, entry.top, entry.right(),
                           entry.bottom(), std::to_string(owner.pages));
        x_ += width + frame_.em();
        if (!pointer_in(entry)) return false;
        tooltip(frame_,
                fmt::format("{}: {} pages, {} shared, {} modified", owner.name, with_commas(owner.pages),
                            with_commas(owner.shared), with_commas(owner.modified)));
        return true;
    }

    Frame& frame_;
    const PageMap& map_;
    Area area_;
    Pen pen_;
    float x_;
    float y_;
};

// How the squares lie: as large as they can be with all of them in sight.
struct Grid {
    Area area;
    size_t count;
    float size = kSmallest;
    size_t columns = 1;

    Grid(const Area& where, size_t how_many) : area(where), count(how_many) {
        for (size = kLargest; size > kSmallest; --size) {
            columns = columns_at(size);
            const float rows = std::ceil(static_cast<float>(count) / static_cast<float>(columns));
            if (rows * size <= area.height) break;
        }
        columns = columns_at(size);
        const auto lines_in_sight = static_cast<size_t>(area.height / size);
        count = std::min(count, lines_in_sight * columns);
    }
    size_t columns_at(float square) const {
        return static_cast<size_t>(std::max(1.0f, std::floor(area.width / square)));
    }
    // `length` squares in one line.
    Area squares(size_t first, size_t length = 1) const {
        const auto column = static_cast<float>(first % columns);
        const size_t line = first / columns;
        const float gap = size >= kWithGap ? 1 : 0;
        return {area.left + column * size, area.top + static_cast<float>(line) * size,
                static_cast<float>(length) * size - gap, size - gap};
    }
    std::optional<size_t> at(float x, float y) const {
        if (x < area.left || y < area.top) return std::nullopt;
        const auto column = static_cast<size_t>((x - area.left) / size);
        const size_t page = static_cast<size_t>((y - area.top) / size) * columns + column;
        return column < columns && page < count ? std::optional(page) : std::nullopt;
    }
};

class Squares {
  public:
    Squares(Frame& frame, const PageMap& map, const Grid& grid, std::optional<size_t> bright)
        : frame_(frame), map_(map), grid_(grid), bright_(bright), pen_(frame) {}

    // Small squares that are alike are drawn as one bar.
    void draw() {
        for (size_t page = 0; page < grid_.count;) {
            size_t length = 1;
            const size_t line_end = std::min(grid_.count, (page / grid_.columns + 1) * grid_.columns);
            const bool apart = grid_.size >= kWithGap;
            while (!apart && page + length < line_end &&
                   map_.pages[page + length].owner == map_.pages[page].owner)
                ++length;
            draw_run(page, length);
            page += length;
        }
    }

  private:
    Colour colour_of(size_t owner) const {
        const Colour colour = owner_colour(frame_, map_, owner);
        if (!bright_ || *bright_ == owner) return colour;
        return between(colour, frame_.theme.panel, 0.8f);
    }

    void draw_run(size_t page, size_t length) {
        const MappedPage& mapped = map_.pages[page];
        const Area area = grid_.squares(page, length);
        pen_.fill(area, colour_of(mapped.owner));
        if (length > 1 || mapped.owner == kNobody) return;
        if (mapped.users > 1 && grid_.size >= kWithHatch)
            pen_.hatch(area, Hatch::diagonal, frame_.theme.panel);
        const std::string sign = sign_of(map_.owners[mapped.owner]);
        ImFont* font = frame_.fonts.small;
        const float width = Pen::width(font, sign) + 4;
        if (sign.empty() || width > area.width || font->FontSize > area.height) return;
        const float top = Pen::middle(area.top, area.height, font);
        const float middle = area.left + area.width / 2;
        if (mapped.users > 1)
            pen_.fill({std::floor(middle - width / 2), top, width, font->FontSize}, colour_of(mapped.owner));
        const Theme& theme = frame_.theme;
        pen_.text_centred(middle, top, font, theme.light ? theme.panel : theme.ground, sign);
    }

    // A process's number; T and S for the kernel's tables and stacks.
    static std::string sign_of(const PageOwner& owner) {
        if (owner.pid != 0) return std::to_string(owner.pid);
        const size_t space = owner.name.rfind(' ');
        if (space == std::string::npos) return {};
        return std::string(
            1, static_cast<char>(std::toupper(static_cast<unsigned char>(owner.name[space + 1]))));
    }

    Frame& frame_;
    const PageMap& map_;
    const Grid& grid_;
    std::optional<size_t> bright_;
    Pen pen_;
};

// How many to draw. It changes in large steps only, so that squares keep their places while memory fills.
size_t pages_in_sight(const PageMap& map) {
    constexpr size_t kFewest = 256;
    const auto last = std::find_if(map.pages.rbegin(), map.pages.rend(),
                                   [](const MappedPage& page) { return page.owner != kNobody; });
    const auto used = static_cast<size_t>(map.pages.rend() - last);
    return std::min(map.pages.size(), std::bit_ceil(std::max(used, kFewest)));
}

// The page that the memory panel looks at, and the one under the pointer.
void draw_focus(Frame& frame, const PageMap& map, const Grid& grid) {
    Pen pen(frame);
    const auto page_of = [&](const std::optional<uint32_t>& address) {
        const auto page = address ? map.page_at(*address) : std::nullopt;
        return page && *page < grid.count ? page : std::nullopt;
    };
    if (const auto page = page_of(frame.view.memory_address))
        pen.outline(grid.squares(*page), frame.theme.accent, 0, 2);
    if (const auto page = page_of(frame.view.page_to_mark)) {
        const Area square = grid.squares(*page);
        pen.outline({square.left - 1, square.top - 1, square.width + 2, square.height + 2}, frame.theme.text,
                    0, 2);
        frame.widgets.add("page-map.marked", square.left, square.top, square.right(), square.bottom(),
                          debugger::describe_page(map, *page));
    }
    if (!pointer_in(grid.area)) return;
    const ImVec2 pointer = ImGui::GetIO().MousePos;
    const auto page = grid.at(pointer.x, pointer.y);
    if (!page) return;
    const uint32_t address = map.address_of(*page);
    frame.point_at_page(address);
    tooltip(frame, debugger::describe_page(map, *page) + "\nclick: its bytes");
    frame.view.under_pointer = fmt::format("0x{:08x}", address);
    if (clicked(grid.area)) frame.view.memory_address = address;
}

void draw_rest(Frame& frame, size_t pages, const Area& area) {
    ImFont* font = frame.fonts.small;
    Pen(frame).text_cut(area.left, area.right(), Pen::middle(area.top, area.height, font), font,
                        frame.theme.dim, fmt::format("and {} more, all of them free", with_commas(pages)));
}

}  // namespace

void draw_page_map(Frame& frame, const Area& area) {
    frame.wishes.page_map = true;
    const PageMap& map = frame.model.page_map;
    if (map.owners.empty()) {
        if (!map.message.empty()) draw_message(frame, area, map.message);
        return;  // else it comes with the next frame
    }
    const float pad = std::round(frame.em() * 0.6f);
    const Area inside = {area.left + pad, area.top + 4, area.width - 2 * pad, area.height - 4 - pad};
    std::optional<size_t> bright;
    const float top = std::round(Legend(frame, map, inside).draw(bright) + 4);
    const size_t in_sight = pages_in_sight(map);
    const float note_height = in_sight < map.pages.size() ? std::round(frame.em() * 1.5f) : 0;
    const Grid grid({inside.left, top, inside.width, inside.bottom() - top - note_height}, in_sight);
    if (note_height > 0)
        draw_rest(frame, map.pages.size() - in_sight,
                  {inside.left, grid.squares(in_sight - 1).bottom(), inside.width, note_height});
    Squares(frame, map, grid, bright).draw();
    draw_focus(frame, map, grid);
    frame.widgets.add(
        "page-map", grid.area.left, grid.area.top, grid.area.right(), grid.area.bottom(),
        fmt::format("{} pages, {} in a line, {} pixels", map.pages.size(), grid.columns, grid.size));
}

}  // namespace peach::gui
