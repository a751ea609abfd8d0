#pragma once
// What the panels say must be what the machine is.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "debugger/session.h"
#include "debugger/views/processes.h"
#include "debugger/views/state_diagram.h"
#include "emulator/isa/registers.h"
#include "gui/widget_table.h"

namespace peach::gui::testing {

inline uint32_t number(std::string_view hexadecimal) {
    return static_cast<uint32_t>(std::stoul(std::string(hexadecimal), nullptr, 16));
}

// Every claim of the widget table that can be held against the machine itself.
inline void expect_claims_to_be_true(const WidgetTable& widgets, const debugger::Session& session) {
    const Cpu& cpu = session.machine().cpu(session.focus_cpu());
    EXPECT_EQ(widgets.value("transport.time"), std::to_string(session.machine().cycle()));
    EXPECT_EQ(widgets.value("transport.when"), session.timeline().is_live() ? "live" : "past");
    EXPECT_EQ(number(widgets.value("register.pc")), cpu.pc);
    EXPECT_EQ(number(widgets.value("register.sp")), cpu.x[2]);
    EXPECT_EQ(number(widgets.value("register.fp")), cpu.x[8]);
    EXPECT_EQ(number(widgets.value("register.ra")), cpu.x[1]);
    EXPECT_EQ(number(widgets.value("register.a0")), cpu.x[10]);
    EXPECT_EQ(number(widgets.value("register.a5")), cpu.x[15]);
    EXPECT_EQ(number(widgets.value("register.status")), cpu.status);
    EXPECT_EQ(number(widgets.value("register.epc")), cpu.epc);
    EXPECT_EQ(number(widgets.value("source.current")), cpu.pc);
    for (const debugger::ProcessRow& row : debugger::process_view(session).rows) {
        const Widget* line = widgets.find(fmt::format("process.{}", row.pid));
        EXPECT_TRUE(line == nullptr || line->value == row.state.name) << "process " << row.pid;
    }
    for (const debugger::DiagramState& state : debugger::state_diagram(session).states) {
        std::string pids;
        for (const debugger::DiagramProcess& process : state.processes) {
            pids += (pids.empty() ? "" : " ") + std::to_string(process.pid);
            const Widget* token = widgets.find(fmt::format("diagram.process.{}", process.pid));
            EXPECT_TRUE(token == nullptr || token->value == state.info.name) << "process " << process.pid;
        }
        EXPECT_EQ(widgets.value("diagram." + state.info.name), pids);
    }
}

}  // namespace peach::gui::testing
