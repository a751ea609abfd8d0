#include "debugger/views/catalogue.h"

#include <fmt/format.h>
#include <algorithm>

#include "debugger/views/backtrace.h"
#include "debugger/views/changes.h"
#include "debugger/views/code.h"
#include "debugger/views/heat.h"
#include "debugger/views/lens_table.h"
#include "debugger/views/memory.h"
#include "debugger/views/metrics.h"
#include "debugger/views/page_map.h"
#include "debugger/views/policies.h"
#include "debugger/views/processes.h"
#include "debugger/views/registers.h"
#include "debugger/views/sentence.h"
#include "debugger/views/state_diagram.h"
#include "debugger/views/terminal.h"
#include "debugger/views/timeline_chart.h"
#include "debugger/views/variables.h"

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

// Of the first process that runs this program.
std::optional<uint32_t> page_table_of(const Session& session, std::string_view program) {
    const LensReading processes(session, session.focus_cpu(), "process");
    for (const LensRow& row : processes.all()) {
        const uint32_t root = processes.number(row, "page_table");
        if (root != 0 && processes.text(row, "name") == program) return root;
    }
    return std::nullopt;
}

// As a number, in the memory that is watched, whatever program runs now.
std::string watched_value(const Session& session, const Watch& watch) {
    const Machine& machine = session.machine();
    uint32_t tables = machine.cpu(session.focus_cpu()).ptbr;
    if (watch.space) tables = *watch.space | ptbr::kPagingOn;
    if (!watch.program.empty()) {
        const auto found = page_table_of(session, watch.program);
        if (!found) return watch.program + " does not run";
        tables = *found | ptbr::kPagingOn;
    }
    uint64_t value = 0;
    const auto bytes = std::as_writable_bytes(std::span(&value, 1));
    if (watch.size > bytes.size()) return fmt::format("{} bytes", watch.size);
    if (!machine.read_virtual_with(tables, watch.address, bytes.first(watch.size))) return "not mapped";
    return fmt::format("{} (0x{:X})", value, value);
}

Table watches_table(const Session& session) {
    Table table{
        .title = "Watches",
        .columns = {{"id", Alignment::right}, {"what"}, {"value"}, {"address"}, {"hits", Alignment::right}},
        .rows = {},
        .note = {}};
    for (const Watch& watch : session.watches()) {
        table.rows.push_back({.cells = {{.text = fmt::format("{}", watch.id), .value = watch.id},
                                        {.text = watch.expression, .address = watch.address},
                                        {.text = watched_value(session, watch)},
                                        {.text = fmt::format("0x{:08X}", watch.address)},
                                        {.text = fmt::format("{}", watch.hits)}},
                              .current = false});
    }
    return table;
}

Table bookmarks_table(const Session& session) {
    Table table{
        .title = "Bookmarks", .columns = {{"cycle", Alignment::right}, {"name"}}, .rows = {}, .note = {}};
    for (const Bookmark& bookmark : session.bookmarks()) {
        table.rows.push_back({.cells = {{.text = fmt::format("{}", bookmark.cycle),
                                         .value = static_cast<int64_t>(bookmark.cycle)},
                                        {.text = bookmark.name}},
                              .current = bookmark.cycle == session.timeline().cursor()});
    }
    return table;
}

Table branches_table(const Session& session) {
    Table table{.title = "Other futures",
                .columns = {{"number", Alignment::right},
                            {"left at", Alignment::right},
                            {"ends at", Alignment::right}},
                .rows = {},
                .note = {}};
    for (size_t i = 0; i < session.timeline().branches().size(); ++i) {
        const Branch& branch = session.timeline().branches()[i];
        table.rows.push_back({.cells = {{.text = fmt::format("{}", i + 1)},
                                        {.text = fmt::format("{}", branch.fork_cycle)},
                                        {.text = fmt::format("{}", branch.frontier_cycle)}},
                              .current = false});
    }
    return table;
}

Table invariants_table(const Session& session) {
    Table table{.title = "Invariants",
                .columns = {{"name"}, {"what must hold"}, {"now"}},
                .rows = {},
                .note = session.lens() == nullptr ? session.lens_message()
                                                  : "In the middle of a change, while the kernel holds a "
                                                    "lock, one may fail for some instructions."};
    if (session.lens() == nullptr) return table;
    const PhysicalMemory memory(session.machine());
    const EvaluationContext context{.memory = memory, .clock = session.machine().clock()};
    for (const Lens::Invariant& invariant : session.lens()->invariants()) {
        const Lens::InvariantResult result = session.lens()->evaluate(invariant, context);
        std::string now = result.holds ? "holds" : "does not hold";
        if (!result.error.empty()) now += ": " + result.error;
        table.rows.push_back(
            {.cells = {{.text = invariant.name}, {.text = invariant.sentence}, {.text = std::move(now)}},
             .current = !result.holds});
    }
    return table;
}

constexpr ViewEntry kViews[] = {
    {"status", "The moment: cycle, what last happened, what each CPU does, the machine's hash.",
     status_table},
    {"registers", "The registers of the CPU with their meaning.", registers_table},
    {"code", "Instructions and source lines around the pc.", code_table},
    {"processes", "The kernel's process table.", processes_table},
    {"policies", "The scheduling policies that the kernel can be told to use.", policies_table},
    {"states", "Which process is in which state.", states_table},
    {"timeline", "Which process was in which state from when to when, and time in the kernel.",
     timeline_table},
    {"metrics", "Response, turnaround and waiting of each process, use and fairness of the CPUs.",
     metrics_table},
    {"events", "The last changes of state, with their causes.", events_table},
    {"terminal", "The console's screen.", terminal_table},
    {"frames", "Who called whom.", backtrace_table},
    {"variables", "What the code at the pc can name: its function's variables and its file's.",
     variables_table},
    {"memory", "Memory around the stack pointer, or `--of` an expression.", memory_table, memory_table_at},
    {"walk", "How the pc, or the address `--of` an expression, becomes a physical address.", page_walk_table,
     page_walk_table_at},
    {"owners", "Who has how many pages of memory.", page_owners_table},
    {"changes", "What is different from another moment: `--since`, or the last motion's beginning.",
     changes_table},
    {"heat", "Where the time went: the functions that executed most, since the beginning or `--since`.",
     heat_table},
    {"coverage", "Which source lines were executed, and which were not, since the beginning or `--since`.",
     coverage_table},
    {"invariants", "What must always hold in the kernel, and whether it does.", invariants_table},
    {"breakpoints", "Where execution is to stop.", breakpoints_table},
    {"watches", "Memory whose changes stop execution.", watches_table},
    {"bookmarks", "Moments that were marked.", bookmarks_table},
    {"branches", "Futures that were left when somebody acted in the past.", branches_table},
};

// The lens's own views, but for those that a view above shows already.
std::vector<const Lens::View*> lens_views(const Session& session) {
    std::vector<const Lens::View*> found;
    if (session.lens() == nullptr) return found;
    for (const Lens::View& view : session.lens()->views()) {
        const bool shown = std::ranges::any_of(
            kViews, [&](const ViewEntry& entry) { return entry.name.starts_with(view.name); });
        if (!shown) found.push_back(&view);
    }
    return found;
}

Error no_such_view(const Session& session, std::string_view name) {
    std::string list = view_list(session);
    list.pop_back();
    return {fmt::format("there is no view '{}': the views are\n{}", name, list)};
}

}  // namespace

std::string view_list(const Session& session) {
    std::string list;
    for (const ViewEntry& view : kViews) list += fmt::format("  {:<14} {}\n", view.name, view.sentence);
    for (const Lens::View* view : lens_views(session)) {
        list += fmt::format("  {:<14} {} (a view of this kernel's lens)\n", view->name, view->title);
    }
    return list;
}

std::span<const ViewEntry> views() {
    return kViews;
}

namespace {

std::unexpected<Error> is_of_no_address(std::string_view view) {
    return std::unexpected(
        Error{fmt::format("the view {} is of no address: --of is for the views memory and walk", view)});
}

std::expected<Table, Error> make_own(const Session& session, const Lens::View& view, std::string_view of) {
    if (!of.empty()) return is_of_no_address(view.name);
    return lens_table(session, view);
}

std::expected<Table, Error> make_fixed(const Session& session, const ViewEntry& view, std::string_view of) {
    if (of.empty()) return view.make(session);
    if (view.make_at == nullptr) return is_of_no_address(view.name);
    const auto value = session.evaluate(of, session.focus_cpu());
    if (!value) return std::unexpected(value.error());
    return view.make_at(session, value->address.value_or(static_cast<uint32_t>(value->scalar)), of);
}

}  // namespace

std::expected<Table, Error> make_view(const Session& session, std::string_view name, std::string_view of) {
    const std::vector<const Lens::View*> own = lens_views(session);
    const ViewEntry* fixed = nullptr;
    const Lens::View* of_lens = nullptr;
    size_t beginnings = 0;
    const auto fits = [&](std::string_view candidate) {
        return candidate == name || (!name.empty() && candidate.starts_with(name));
    };
    for (const ViewEntry& view : kViews) {
        if (view.name == name) return make_fixed(session, view, of);
        if (fits(view.name)) beginnings++, fixed = &view;
    }
    for (const Lens::View* view : own) {
        if (view->name == name) return make_own(session, *view, of);
        if (fits(view->name)) beginnings++, of_lens = view;
    }
    if (beginnings != 1) return std::unexpected(no_such_view(session, name));
    if (fixed != nullptr) return make_fixed(session, *fixed, of);
    return make_own(session, *of_lens, of);
}

}  // namespace peach::debugger
