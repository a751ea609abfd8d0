// `peach show VIEW`: what a panel of the window shows, as text.

#include "cli/command.h"
#include "cli/machine_options.h"

#include "debugger/views/catalogue.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <optional>

namespace peach::cli {
namespace {

using debugger::Session;

constexpr int kFailure = 1;
constexpr int kBadUsage = 2;
// Without --at: until the guest waits for input, switches off, or this many cycles have passed.
constexpr uint64_t kDefaultCycles = 20'000'000;

struct ShowOptions {
    MachineOptions machine;
    std::string view;
    std::optional<uint64_t> cycle;
    std::optional<uint64_t> since;
    unsigned cpu = 0;
    std::string replay_file;
    bool json = false;
};

std::string view_list() {
    std::string list;
    for (const debugger::ViewEntry& view : debugger::views()) {
        list += fmt::format("  {:<14} {}\n", view.name, view.sentence);
    }
    return list + "and those of the kernel's lens: `peach show ?` lists all\n";
}

int show(const ShowOptions& options) {
    auto session =
        options.replay_file.empty() ? make_session(options.machine, true) : make_replay(options.replay_file);
    if (!session) return complain(session.error().message), session.error().status;
    // A name that no view has should not first cost a long run.
    if (const auto known = debugger::make_view(**session, options.view); !known)
        return complain(known.error().message), kBadUsage;
    if (options.cpu >= (*session)->machine().cpu_count()) {
        complain(fmt::format("there is no CPU {}: this machine has {}, from 0", options.cpu,
                             (*session)->machine().cpu_count()));
        return kBadUsage;
    }
    if (options.since) {
        (*session)->start_run_to_cycle(*options.since);
        (*session)->finish();
    }
    (*session)->start_run_to_cycle(options.cycle.value_or(kDefaultCycles));
    (*session)->finish();
    const uint64_t reached = (*session)->timeline().cursor();
    if (options.cycle && reached < *options.cycle) {
        complain(fmt::format("the machine stands still from cycle {} on: showing that moment", reached));
    }
    (*session)->set_focus_cpu(options.cpu);
    const auto table = debugger::make_view(**session, options.view);
    if (!table) return complain(table.error().message), kBadUsage;
    fmt::print("{}", options.json ? debugger::to_json(*table) + "\n" : debugger::to_text(*table));
    return 0;
}

}  // namespace

int show_command(std::span<const std::string> args) {
    ShowOptions options;
    CLI::App app("Prints the rows of a panel.", "peach show");
    app.add_option("VIEW", options.view, "which panel")->required()->option_text(" ");
    app.add_option("--at", options.cycle, "at this cycle; else when the guest first waits for input")
        ->transform(whole_number())
        ->option_text("CYCLE");
    app.add_option("--since", options.since, "what changed since this cycle (for the view `changes`)")
        ->transform(whole_number())
        ->option_text("CYCLE");
    app.add_option("--cpu", options.cpu, "as this CPU sees it, from 0")
        ->check(CLI::Range(0, 7))
        ->option_text("N");
    app.add_option("--replay", options.replay_file, "of a recorded run")->option_text("FILE");
    app.add_flag("--json", options.json, "as JSON");
    app.footer("Views:\n" + view_list());
    add_machine_options(app, options.machine);
    if (const auto status = parse(app, args, options.machine.command)) return *status;
    return show(options);
}

}  // namespace peach::cli
