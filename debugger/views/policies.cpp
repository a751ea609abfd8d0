#include "debugger/views/policies.h"

#include <fmt/format.h>

#include "debugger/lens.h"
#include "debugger/memory_reader.h"

namespace peach::debugger {

std::vector<Policy> policies(const Session& session) {
    std::vector<Policy> result;
    const Lens* lens = session.lens();
    const Lens::View* view = lens == nullptr ? nullptr : lens->find_view("policies");
    const auto name = view == nullptr ? std::nullopt : view->column("name");
    if (!name) return result;
    const PhysicalMemory memory(session.machine());
    const EvaluationContext context{.memory = memory, .registers = nullptr, .cpu = session.focus_cpu()};
    for (const LensRow& row : lens->evaluate(*view, context).rows) {
        result.push_back({static_cast<uint32_t>(row.key), row.cells[*name].text});
    }
    return result;
}

Table policies_table(const Session& session) {
    Table table{.title = "Scheduling policies",
                .columns = {{"Switch", Alignment::right}, {"Policy"}},
                .rows = {},
                .note = {}};
    const uint32_t in_force = session.machine().devices().front_panel.lamps[0];
    for (const Policy& policy : policies(session)) {
        table.rows.push_back({.cells = {{.text = fmt::format("{}", policy.number), .value = policy.number},
                                        {.text = policy.name}},
                              .current = policy.number == in_force});
    }
    return table;
}

}  // namespace peach::debugger
