// `peach trace`: the instructions of a stretch of a run, one a line, with what each changed.

#include "cli/command.h"
#include "cli/machine_options.h"

#include "debugger/views/trace.h"

#include <fmt/format.h>
#include <algorithm>
#include <CLI/CLI.hpp>
#include <optional>

namespace peach::cli {
namespace {

constexpr uint64_t kDefaultLength = 100;

struct TraceOptions {
    MachineOptions machine;
    uint64_t first = 0;
    std::optional<uint64_t> end;
    std::optional<unsigned> cpu;
    bool json = false;
};

int trace(const TraceOptions& options) {
    const uint64_t wanted_end = options.end.value_or(options.first + kDefaultLength);
    if (wanted_end < options.first) {
        complain(fmt::format(
            "the trace would end at cycle {}, before its beginning at {}: exchange --from and --to",
            wanted_end, options.first));
        return kBadUsage;
    }
    auto session = make_session(options.machine, true);
    if (!session) return complain(session.error().message), session.error().status;
    const unsigned cpu_count = (*session)->machine().cpu_count();
    if (options.cpu && *options.cpu >= cpu_count) {
        complain(
            fmt::format("there is no CPU {}: the machine has {}, counted from 0", *options.cpu, cpu_count));
        return kBadUsage;
    }
    (*session)->start_run_to_cycle(wanted_end);
    (*session)->finish();
    const uint64_t end = std::min(wanted_end, (*session)->timeline().cursor());
    if (end < wanted_end) complain(fmt::format("the machine stands still from cycle {} on", end));
    const uint64_t first = std::clamp(options.first, (*session)->timeline().first_cycle(), end);
    const debugger::Table table =
        debugger::trace_table(**session, {.first = first, .end = end, .cpu = options.cpu});
    return print_all(options.json ? debugger::to_json(table) + "\n" : debugger::to_text(table));
    return 0;
}

}  // namespace

int trace_command(std::span<const std::string> args) {
    TraceOptions options;
    CLI::App app("Prints the instructions of a stretch of a run, with what each changed.", "peach trace");
    app.add_option("--from", options.first, "the first cycle; 0 is the reset")
        ->transform(whole_number())
        ->option_text("CYCLE");
    app.add_option("--to", options.end, "the cycle to end before; else 100 cycles from the first")
        ->transform(whole_number())
        ->option_text("CYCLE");
    app.add_option("--cpu", options.cpu, "this CPU alone")->check(CLI::Range(0, 7))->option_text("N");
    app.add_flag("--json", options.json, "as JSON");
    add_machine_options(app, options.machine);
    add_replay_option(app, options.machine);
    if (const auto status = parse(app, args, options.machine.command)) return *status;
    return trace(options);
}

}  // namespace peach::cli
