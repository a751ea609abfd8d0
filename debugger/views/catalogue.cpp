#include "debugger/views/catalogue.h"

#include <fmt/format.h>
#include <algorithm>

#include "debugger/views/backtrace.h"
#include "debugger/views/changes.h"
#include "debugger/views/code.h"
#include "debugger/views/heat.h"
#include "debugger/views/memory.h"
#include "debugger/views/policies.h"
#include "debugger/views/processes.h"
#include "debugger/views/registers.h"
#include "debugger/views/sentence.h"
#include "debugger/views/state_diagram.h"
#include "debugger/views/terminal.h"
#include "debugger/views/timeline_chart.h"

namespace peach::debugger {
namespace {

Table status_table(const Session& session) {
    Table table{.title = "Status", .columns = {{"what"}, {""}}, .rows = {}, .note = {}};
    const auto add = [&](std::string_view name, std::string text) {
        table.rows.push_back(
            {.cells = {{.text = std::string(name)}, {.text = std::move(text)}}, .current = false});
    };
    add("cycle", fmt::format("{}", session.timeline().cursor()));
    add("what happened", what_happened(session));
    for (unsigned cpu = 0; cpu < session.machine().cpu_count(); ++cpu) {
        add(fmt::format("CPU {}", cpu), where_it_stands(session, cpu));
    }
    add("hash", fmt::format("{:016X}", session.machine().hash()));
    return table;
}

Table breakpoints_table(const Session& session) {
    Table table{.title = "Breakpoints",
                .columns = {{"id", Alignment::right},
                            {"place"},
                            {"addresses"},
                            {"condition"},
                            {"hits", Alignment::right}},
                .rows = {},
                .note = {}};
    for (const Breakpoint& breakpoint : session.breakpoints()) {
        std::string addresses;
        for (const uint32_t address : breakpoint.addresses) addresses += fmt::format("0x{:08X} ", address);
        table.rows.push_back({.cells = {{.text = fmt::format("{}", breakpoint.id), .value = breakpoint.id},
                                        {.text = breakpoint.place},
                                        {.text = std::move(addresses)},
                                        {.text = breakpoint.condition},
                                        {.text = fmt::format("{}", breakpoint.hits)}},
                              .current = breakpoint.id == session.last_stop().breakpoint});
    }
    return table;
}

Table watches_table(const Session& session) {
    Table table{.title = "Watches",
                .columns = {{"id", Alignment::right}, {"what"}, {"address"}, {"hits", Alignment::right}},
                .rows = {},
                .note = {}};
    for (const Watch& watch : session.watches()) {
        table.rows.push_back({.cells = {{.text = fmt::format("{}", watch.id), .value = watch.id},
                                        {.text = watch.expression, .address = watch.address},
                                        {.text = fmt::format("0x{:08X}", watch.address)},
                                        {.text = fmt::format("{}", watch.hits)}},
                              .current = false});
    }
    return table;
}

constexpr ViewEntry kViews[] = {
    {"status", "The moment: cycle, what last happened, what each CPU does, the machine's hash.",
     status_table},
    {"registers", "The registers of CPU 0 with their meaning.", registers_table},
    {"code", "Instructions and source lines around the pc.", code_table},
    {"processes", "The kernel's process table.", processes_table},
    {"policies", "The scheduling policies that the kernel can be told to use.", policies_table},
    {"states", "Which process is in which state.", states_table},
    {"timeline", "Which process was in which state from when to when, and time in the kernel.",
     timeline_table},
    {"events", "The last changes of state, with their causes.", events_table},
    {"terminal", "The console's screen.", terminal_table},
    {"frames", "Who called whom.", backtrace_table},
    {"memory", "Memory around the stack pointer.", memory_table},
    {"walk", "How the pc becomes a physical address.", page_walk_table},
    {"changes", "What is different from another moment: `--since`, or the last motion's beginning.",
     changes_table},
    {"heat", "Where the time went: the functions that executed most, since the beginning or `--since`.",
     heat_table},
    {"coverage", "Which source lines were executed, and which were not, since the beginning or `--since`.",
     coverage_table},
    {"breakpoints", "Where execution is to stop.", breakpoints_table},
    {"watches", "Memory whose changes stop execution.", watches_table},
};

}  // namespace

std::span<const ViewEntry> views() {
    return kViews;
}

// "process" for "processes", "register" for "registers": as long as only one view begins so.
const ViewEntry* find_view(std::string_view name) {
    const ViewEntry* found = nullptr;
    for (const ViewEntry& view : kViews) {
        if (view.name == name) return &view;
        if (name.empty() || !view.name.starts_with(name)) continue;
        if (found != nullptr) return nullptr;
        found = &view;
    }
    return found;
}

}  // namespace peach::debugger
