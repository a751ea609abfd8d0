#pragma once
// How the window's area is divided among panels: a tree of splits, each with a share that a person can drag.
//
// Sizes are whole pixels. A panel never gets less than its minimum (in font heights, so that larger letters
// get larger panels); where that does not fit, the later panel of the split is what gets cut.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peach::gui {

struct Area {
    float left = 0;
    float top = 0;
    float width = 0;
    float height = 0;

    float right() const { return left + width; }
    float bottom() const { return top + height; }
};
bool overlap(const Area& a, const Area& b);

enum class Axis { columns, rows };

class Layout {
  public:
    struct Panel {
        std::string name;
        Area area;
    };
    struct Splitter {
        size_t node;
        std::string name;
        Axis axis;
        Area area;    // the gap to grab
        Area parent;  // what is divided
    };

    // Building: leaves first. Both return the node's number; the last node made is the root.
    size_t panel(std::string name, float minimum_width_em, float minimum_height_em);
    size_t split(std::string name, Axis axis, float share, size_t first, size_t second);

    // Divides `area`; the results stay until the next call.
    void place(const Area& area, float em, float gap);
    const std::vector<Panel>& panels() const { return panels_; }
    const std::vector<Splitter>& splitters() const { return splitters_; }

    // Font heights that all panels together need at least.
    float minimum_width_em() const { return nodes_.back().minimum_width; }
    float minimum_height_em() const { return nodes_.back().minimum_height; }

    float share(size_t node) const { return nodes_[node].share; }
    void set_share(size_t node, float share);
    // Shows this panel alone; an empty name shows all again.
    void maximise(std::string name) { maximised_ = std::move(name); }
    const std::string& maximised() const { return maximised_; }

  private:
    struct Node {
        std::string name;
        bool leaf;
        Axis axis;
        float share;
        size_t first, second;
        float minimum_width, minimum_height;  // of a leaf; of a split, what its parts need together
    };
    void place_node(size_t node, const Area& area, float em, float gap);

    std::vector<Node> nodes_;
    std::vector<Panel> panels_;
    std::vector<Splitter> splitters_;
    std::string maximised_;
};

// The arrangements that a person chooses from; the window opens with the first.
struct LayoutRow {
    std::string_view name;
    std::string_view title;
    std::string_view key;
    std::string_view sentence;
    Layout (*make)();
    Layout (*make_compact)();  // four panels with tabs, for small windows and large letters
};
std::span<const LayoutRow> layouts();

}  // namespace peach::gui
