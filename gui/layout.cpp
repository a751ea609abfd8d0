#include "gui/layout.h"

#include <algorithm>
#include <cmath>

namespace peach::gui {

bool overlap(const Area& a, const Area& b) {
    return a.left < b.right() && b.left < a.right() && a.top < b.bottom() && b.top < a.bottom();
}

size_t Layout::panel(std::string name, float minimum_width_em, float minimum_height_em) {
    nodes_.push_back({std::move(name), true, Axis::columns, 1, 0, 0, minimum_width_em, minimum_height_em});
    return nodes_.size() - 1;
}

size_t Layout::split(std::string name, Axis axis, float share, size_t first, size_t second) {
    const Node& a = nodes_[first];
    const Node& b = nodes_[second];
    const bool columns = axis == Axis::columns;
    const float width =
        columns ? a.minimum_width + b.minimum_width : std::max(a.minimum_width, b.minimum_width);
    const float height =
        columns ? std::max(a.minimum_height, b.minimum_height) : a.minimum_height + b.minimum_height;
    nodes_.push_back({std::move(name), false, axis, share, first, second, width, height});
    return nodes_.size() - 1;
}

void Layout::set_share(size_t node, float share) {
    nodes_[node].share = std::clamp(share, 0.05f, 0.95f);
}

void Layout::place(const Area& area, float em, float gap) {
    panels_.clear();
    splitters_.clear();
    if (!maximised_.empty()) {
        panels_.push_back({maximised_, area});
        return;
    }
    place_node(nodes_.size() - 1, area, em, gap);
}

void Layout::place_node(size_t number, const Area& area, float em, float gap) {
    const Node& node = nodes_[number];
    if (node.leaf) {
        panels_.push_back({node.name, area});
        return;
    }
    const bool columns = node.axis == Axis::columns;
    const Node& first = nodes_[node.first];
    const Node& second = nodes_[node.second];
    const float length = columns ? area.width : area.height;
    const float first_minimum = em * (columns ? first.minimum_width : first.minimum_height);
    const float second_minimum = em * (columns ? second.minimum_width : second.minimum_height);
    const float room = std::max(0.0f, length - gap);
    float size = std::round(room * node.share);
    size = std::min(size, room - second_minimum);
    size = std::clamp(std::max(size, first_minimum), 0.0f, room);
    size = std::round(size);
    Area a = area;
    Area between = area;
    Area b = area;
    if (columns) {
        a.width = size;
        between.left = area.left + size;
        between.width = gap;
        b.left = between.left + gap;
        b.width = room - size;
    } else {
        a.height = size;
        between.top = area.top + size;
        between.height = gap;
        b.top = between.top + gap;
        b.height = room - size;
    }
    splitters_.push_back({number, node.name, node.axis, between, area});
    place_node(node.first, a, em, gap);
    place_node(node.second, b, em, gap);
}

namespace {

Layout overview_layout() {
    Layout layout;
    const size_t source = layout.panel("source", 22, 8);
    const size_t diagram = layout.panel("diagram", 24, 9);
    const size_t processes = layout.panel("processes", 24, 6);
    const size_t registers = layout.panel("registers", 18, 8);
    const size_t details = layout.panel("details", 18, 5);
    const size_t timeline = layout.panel("timeline", 24, 7);
    const size_t terminal = layout.panel("terminal", 20, 6);
    const size_t centre = layout.split("diagram-processes", Axis::rows, 0.60f, diagram, processes);
    const size_t right = layout.split("registers-details", Axis::rows, 0.665f, registers, details);
    const size_t centre_right = layout.split("centre-right", Axis::columns, 0.60f, centre, right);
    const size_t upper = layout.split("source-centre", Axis::columns, 0.31f, source, centre_right);
    const size_t lower = layout.split("timeline-terminal", Axis::columns, 0.62f, timeline, terminal);
    layout.split("upper-lower", Axis::rows, 0.63f, upper, lower);
    return layout;
}

// One CPU at work: its program, registers, memory and stack.
Layout cpu_layout() {
    Layout layout;
    const size_t source = layout.panel("source", 26, 8);
    const size_t registers = layout.panel("registers", 18, 8);
    const size_t stack = layout.panel("stack", 24, 6);
    const size_t bytes = layout.panel("bytes", 24, 6);
    const size_t timeline = layout.panel("timeline", 24, 6);
    const size_t terminal = layout.panel("terminal", 20, 6);
    const size_t data = layout.split("stack-bytes", Axis::rows, 0.45f, stack, bytes);
    const size_t right = layout.split("registers-data", Axis::columns, 0.45f, registers, data);
    const size_t upper = layout.split("source-right", Axis::columns, 0.40f, source, right);
    const size_t lower = layout.split("timeline-terminal", Axis::columns, 0.62f, timeline, terminal);
    layout.split("upper-lower", Axis::rows, 0.72f, upper, lower);
    return layout;
}

// From a virtual address to the page of memory behind it, and whose that is.
Layout memory_layout() {
    Layout layout;
    const size_t processes = layout.panel("processes", 24, 6);
    const size_t walk = layout.panel("walk", 20, 7);
    const size_t bytes = layout.panel("bytes", 24, 7);
    const size_t pages = layout.panel("pages", 24, 7);
    const size_t terminal = layout.panel("terminal", 20, 6);
    const size_t middle = layout.split("walk-bytes", Axis::columns, 0.45f, walk, bytes);
    const size_t left = layout.split("processes-middle", Axis::rows, 0.32f, processes, middle);
    const size_t right = layout.split("pages-terminal", Axis::rows, 0.70f, pages, terminal);
    layout.split("left-right", Axis::columns, 0.60f, left, right);
    return layout;
}

// Who waits, who runs, and what that costs them. The terminal has the 80 columns that a workload's report
// wants.
Layout scheduling_layout() {
    Layout layout;
    const size_t diagram = layout.panel("diagram", 24, 9);
    const size_t queue = layout.panel("queue", 20, 5);
    const size_t metrics = layout.panel("metrics", 24, 5);
    const size_t timeline = layout.panel("timeline", 24, 7);
    const size_t terminal = layout.panel("terminal", 20, 6);
    const size_t tables = layout.split("queue-metrics", Axis::rows, 0.42f, queue, metrics);
    const size_t upper = layout.split("diagram-tables", Axis::columns, 0.45f, diagram, tables);
    const size_t lower = layout.split("timeline-terminal", Axis::columns, 0.60f, timeline, terminal);
    layout.split("upper-lower", Axis::rows, 0.46f, upper, lower);
    return layout;
}

// ---- for small windows and large letters: two panels above, two below, and the rest behind tabs ----

Layout four_panels(const char* upper_left, const char* upper_right, const char* lower_left,
                   float left_share) {
    Layout layout;
    const size_t a = layout.panel(upper_left, 16, 8);
    const size_t b = layout.panel(upper_right, 20, 9);
    const size_t c = layout.panel(lower_left, 16, 6);
    const size_t terminal = layout.panel("terminal", 14, 5);
    const size_t upper = layout.split("upper", Axis::columns, left_share, a, b);
    const size_t lower = layout.split("lower", Axis::columns, 0.58f, c, terminal);
    layout.split("upper-lower", Axis::rows, 0.6f, upper, lower);
    return layout;
}

Layout compact_overview() {
    return four_panels("machine", "kernel", "timeline", 0.42f);
}
Layout compact_cpu() {
    return four_panels("source", "cpu-details", "timeline", 0.5f);
}
Layout compact_memory() {
    return four_panels("address", "owners", "timeline", 0.5f);
}
Layout compact_scheduling() {
    return four_panels("kernel", "schedule", "timeline", 0.58f);
}

constexpr LayoutRow kLayouts[] = {
    {"overview", "Overview", "Ctrl+1", "Panels for the whole machine.", overview_layout, compact_overview},
    {"cpu", "CPU", "Ctrl+2", "Panels for one CPU: source, registers, calls and memory.", cpu_layout,
     compact_cpu},
    {"memory", "Memory", "Ctrl+3", "Panels for addresses, pages, and whose they are.", memory_layout,
     compact_memory},
    {"scheduling", "Scheduling", "Ctrl+4", "Panels for who waits, who runs, and what it costs them.",
     scheduling_layout, compact_scheduling},
};

}  // namespace

std::span<const LayoutRow> layouts() {
    return kLayouts;
}

}  // namespace peach::gui
