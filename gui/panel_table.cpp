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
    TabContent{"source", draw_source},       TabContent{"registers", draw_registers},
    TabContent{"processes", draw_processes}, TabContent{"diagram", draw_diagram},
    TabContent{"timeline", draw_timeline},   TabContent{"terminal", draw_terminal},
    TabContent{"events", draw_events},       TabContent{"memory", draw_memory},
    TabContent{"walk", draw_page_walk},
};

constexpr Tab kSource = {"source", "Source and instructions"};
constexpr Tab kRegisters = {"registers", "Registers"};
constexpr Tab kDiagram = {"diagram", "Process states"};
constexpr Tab kProcesses = {"processes", "Processes"};
constexpr Tab kEvents = {"events", "Events"};
constexpr Tab kMemory = {"memory", "Memory"};
constexpr Tab kWalk = {"walk", "Page walk"};
constexpr Tab kTimeline = {"timeline", "Timeline"};
constexpr Tab kTerminal = {"terminal", "Terminal"};

struct PanelTabs {
    std::string_view panel;
    std::span<const Tab> tabs;
};

constexpr std::array kOnlySource = {kSource};
constexpr std::array kOnlyRegisters = {kRegisters};
constexpr std::array kOnlyDiagram = {kDiagram};
constexpr std::array kOnlyProcesses = {kProcesses};
constexpr std::array kDetails = {kEvents, kMemory, kWalk};
constexpr std::array kMachine = {Tab{"source", "Source"}, kRegisters, kMemory};
constexpr std::array kKernel = {kDiagram, kProcesses, kEvents};
constexpr std::array kOnlyTimeline = {kTimeline};
constexpr std::array kOnlyTerminal = {kTerminal};

constexpr std::array kPanels = {
    PanelTabs{"source", kOnlySource},     PanelTabs{"registers", kOnlyRegisters},
    PanelTabs{"diagram", kOnlyDiagram},   PanelTabs{"processes", kOnlyProcesses},
    PanelTabs{"details", kDetails},       PanelTabs{"machine", kMachine},
    PanelTabs{"kernel", kKernel},         PanelTabs{"timeline", kOnlyTimeline},
    PanelTabs{"terminal", kOnlyTerminal},
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
    if (tab == "registers" && frame.model.cpu_count > 1)
        return {"CPU " + std::to_string(frame.model.cpu), dim};
    if (tab == "processes") return {"the kernel's own process table", dim};
    return {{}, dim};
}

void draw_tab(Frame& frame, std::string_view tab, const Area& area) {
    for (const TabContent& content : kContents) {
        if (content.name == tab) content.draw(frame, area);
    }
}

}  // namespace peach::gui
