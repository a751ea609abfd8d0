#include "gui/panel_table.h"

#include <array>

#include "gui/panels/panels.h"

namespace peach::gui {

namespace {

struct TabContent {
    std::string_view name;
    void (*draw)(Frame& frame, const Area& area);
};

constexpr std::array kContents = {
    TabContent{"source", draw_source},           TabContent{"registers", draw_registers},
    TabContent{"processes", draw_processes},     TabContent{"diagram", draw_diagram},
    TabContent{"timeline", draw_timeline},       TabContent{"terminal", draw_terminal},
    TabContent{"events", draw_events},           TabContent{"memory", draw_memory},
    TabContent{"walk", draw_page_walk},          TabContent{"page-map", draw_page_map},
    TabContent{"address-map", draw_address_map},
};

constexpr Tab kSource = {"source", "Source and instructions"};
constexpr Tab kShortSource = {"source", "Source"};
constexpr Tab kRegisters = {"registers", "Registers"};
constexpr Tab kDiagram = {"diagram", "Process states"};
constexpr Tab kProcesses = {"processes", "Processes"};
constexpr Tab kEvents = {"events", "Events"};
constexpr Tab kMemory = {"memory", "Memory"};
constexpr Tab kWalk = {"walk", "Page walk"};
constexpr Tab kTimeline = {"timeline", "Timeline"};
constexpr Tab kTerminal = {"terminal", "Terminal"};
// These show a view of the debugger's catalogue, or of the kernel's lens, by its name.
constexpr Tab kCalls = {"frames", "Calls"};
constexpr Tab kVariables = {"variables", "Variables"};
constexpr Tab kWatches = {"watches", "Watches"};
constexpr Tab kMetrics = {"metrics", "Metrics"};
constexpr Tab kQueue = {"queue", "Ready queue"};
constexpr Tab kCpus = {"cpu", "CPUs"};
constexpr Tab kPageMap = {"page-map", "Owners of memory"};
constexpr Tab kPages = {"pages", "Pages"};
constexpr Tab kAddressMap = {"address-map", "Address space"};
constexpr Tab kRegions = {"regions", "Regions"};
constexpr Tab kSpaces = {"spaces", "All spaces"};
constexpr Tab kBreakpoints = {"breakpoints", "Breakpoints"};
constexpr Tab kBookmarks = {"bookmarks", "Bookmarks"};

struct PanelTabs {
    std::string_view panel;
    std::span<const Tab> tabs;
};

constexpr std::array kSourceTabs = {kSource};
constexpr std::array kRegisterTabs = {kRegisters};
constexpr std::array kDiagramTabs = {kDiagram};
constexpr std::array kProcessTabs = {kProcesses, kMetrics, kQueue};
constexpr std::array kDetailTabs = {kEvents, kMemory, kWalk, kCalls, kVariables};
constexpr std::array kStackTabs = {kCalls, kVariables, kWatches, kBreakpoints, kBookmarks};
constexpr std::array kByteTabs = {kMemory, kWalk};
constexpr std::array kWalkTabs = {kAddressMap, kWalk, kRegions, kSpaces};
constexpr std::array kPageTabs = {kPageMap, kPages};
constexpr std::array kQueueTabs = {kQueue, kCpus};
constexpr std::array kMetricTabs = {kMetrics, kProcesses, kEvents};
// In the compact layouts.
constexpr std::array kMachineTabs = {kShortSource, kRegisters, kMemory, kCalls, kVariables};
constexpr std::array kKernelTabs = {kDiagram, kProcesses, kEvents};
constexpr std::array kCpuTabs = {kRegisters, kCalls,   kVariables,   kMemory,
                                 kWalk,      kWatches, kBreakpoints, kBookmarks};
constexpr std::array kAddressTabs = {kAddressMap, kWalk, kMemory, kRegions, kSpaces};
constexpr std::array kOwnerTabs = {kPageMap, kPages, kProcesses};
constexpr std::array kScheduleTabs = {kMetrics, kQueue, kCpus};

constexpr std::array kTimelineTabs = {kTimeline};
constexpr std::array kTerminalTabs = {kTerminal};

constexpr std::array kPanels = {
    PanelTabs{"source", kSourceTabs},     PanelTabs{"registers", kRegisterTabs},
    PanelTabs{"diagram", kDiagramTabs},   PanelTabs{"processes", kProcessTabs},
    PanelTabs{"details", kDetailTabs},    PanelTabs{"stack", kStackTabs},
    PanelTabs{"bytes", kByteTabs},        PanelTabs{"walk", kWalkTabs},
    PanelTabs{"pages", kPageTabs},        PanelTabs{"queue", kQueueTabs},
    PanelTabs{"metrics", kMetricTabs},    PanelTabs{"machine", kMachineTabs},
    PanelTabs{"kernel", kKernelTabs},     PanelTabs{"cpu-details", kCpuTabs},
    PanelTabs{"address", kAddressTabs},   PanelTabs{"owners", kOwnerTabs},
    PanelTabs{"schedule", kScheduleTabs}, PanelTabs{"timeline", kTimelineTabs},
    PanelTabs{"terminal", kTerminalTabs},
};

PanelHint terminal_hint(const Frame& frame) {
    const Model& model = frame.model;
    if (!model.live) return {"typing here starts another future", frame.theme.past};
    if (!frame.view.terminal_focused) return {"click or Ctrl+` to type", frame.theme.dim};
    const bool answers = model.running() || model.waits_for_input();
    return {answers ? "keys go to the guest; Ctrl+` leaves" : "the guest is stopped: F5 runs it",
            frame.theme.accent};
}

}  // namespace

std::span<const Tab> tabs_of(std::string_view panel) {
    for (const PanelTabs& row : kPanels) {
        if (row.panel == panel) return row.tabs;
    }
    return {};
}

PanelHint hint_of(const Frame& frame, std::string_view tab) {
    const Colour dim = frame.theme.dim;
    if (tab == "terminal") return terminal_hint(frame);
    if (tab == "source") {
        if (frame.view.code_address) return {frame.model.code.title + "; h: back to pc", frame.theme.accent};
        return {frame.model.code.title, dim};
    }
    if (tab == "registers" && frame.model.cpu_count > 1) {
        return {"CPU " + std::to_string(frame.model.cpu) + " of " + std::to_string(frame.model.cpu_count) +
                    "; Ctrl+U: the next",
                dim};
    }
    const bool book = frame.model.clock == Clock::book;
    if (tab == "metrics" || tab == "queue")
        return {book ? "by the book clock: instructions of programs" : "in cycles", dim};
    if (tab == "processes")
        return {book ? "the kernel's own process table, by the book clock" : "the kernel's own process table",
                dim};
    return {{}, dim};
}

void draw_tab(Frame& frame, std::string_view tab, const Area& area) {
    for (const TabContent& content : kContents) {
        if (content.name == tab) return content.draw(frame, area);
    }
    draw_view(frame, area, tab);
}

}  // namespace peach::gui
