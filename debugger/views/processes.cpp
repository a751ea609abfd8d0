#include "debugger/views/processes.h"

#include "debugger/lens_probe.h"
#include "debugger/views/lens_table.h"

namespace peach::debugger {
namespace {

StateInfo state_info(const LensState& state) {
    return {.value = state.value, .name = state.name, .role = role_named(state.role), .letter = state.letter};
}

std::optional<unsigned> cpu_of(const Session& session, uint32_t pid) {
    const PhysicalMemory memory(session.machine());
    for (unsigned cpu = 0; cpu < session.machine().cpu_count(); ++cpu) {
        const auto running =
            session.lens()->value("current_process", {.memory = memory, .registers = nullptr, .cpu = cpu});
        if (running && *running && (*running)->signed_scalar() == pid) return cpu;
    }
    return std::nullopt;
}

ProcessRow process_row(const Session& session, const LensRow& lens_row, std::optional<size_t> pid_column,
                       std::optional<size_t> name_column) {
    ProcessRow row;
    row.address = lens_row.address;
    if (pid_column) row.pid = static_cast<uint32_t>(lens_row.cells[*pid_column].number);
    if (name_column) row.name = lens_row.cells[*name_column].text;
    for (const LensCell& cell : lens_row.cells) {
        if (cell.state != nullptr) row.state = state_info(*cell.state);
    }
    row.cells = lens_cells(lens_row);
    if (row.state.role == StateRole::running) row.running_on = cpu_of(session, row.pid);
    return row;
}

}  // namespace

ProcessView process_view(const Session& session) {
    ProcessView view;
    const Lens* lens = session.lens();
    const Lens::View* rows = lens == nullptr ? nullptr : lens->find_view("process");
    if (rows == nullptr) {
        view.message = lens == nullptr ? session.lens_message() : "the lens has no view 'process'";
        return view;
    }
    for (const LensColumn& column : rows->columns) view.columns.push_back({column.title});
    const PhysicalMemory memory(session.machine());
    const LensRows found = lens->evaluate(*rows, {.memory = memory,
                                                  .registers = nullptr,
                                                  .cpu = session.focus_cpu(),
                                                  .clock = session.machine().clock()});
    for (const LensRow& row : found.rows) {
        view.rows.push_back(process_row(session, row, rows->column("pid"), rows->column("name")));
        if (view.rows.back().state.role == StateRole::unused) view.rows.pop_back();
    }
    view.message = found.error;
    align_numbers(view.columns, view.rows);
    return view;
}

Table processes_table(const Session& session) {
    ProcessView view = process_view(session);
    Table table{.title = "Processes",
                .columns = std::move(view.columns),
                .rows = {},
                .note = std::move(view.message)};
    for (ProcessRow& row : view.rows) {
        table.rows.push_back(
            {.cells = std::move(row.cells), .current = row.running_on == session.focus_cpu()});
    }
    return table;
}

}  // namespace peach::debugger
