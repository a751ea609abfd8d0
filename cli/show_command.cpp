// `peach show VIEW`: what a panel of the window shows, as text.

#include "cli/command.h"
#include "cli/machine_options.h"

#include "debugger/views/catalogue.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <optional>

namespace peach::cli {
namespace {

// Without --at: until the guest waits for input, switches off, or this many cycles have passed.
constexpr uint64_t kDefaultCycles = 20'000'000;

struct ShowOptions {
    MachineOptions machine;
    std::string view;
    std::string of;
    std::optional<uint64_t> cycle;
    std::optional<uint64_t> since;
    unsigned cpu = 0;
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
    if (options.since && options.cycle && *options.since > *options.cycle) {
        complain(fmt::format("--since {} comes after --at {}", *options.since, *options.cycle));
        return kBadUsage;
    }
    auto session = make_session(options.machine, true);
    if (!session) return complain(session.error().message), session.error().status;
    if (options.view == "?") return print_all(debugger::view_list(**session));
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
        if ((*session)->timeline().cursor() < *options.since) {
            complain(fmt::format("the machine stands still from cycle {} on: --since {} never comes",
                                 (*session)->timeline().cursor(), *options.since));
            return kFailure;
        }
    }
    (*session)->start_run_to_cycle(options.cycle.value_or(kDefaultCycles));
    (*session)->finish();
    const uint64_t reached = (*session)->timeline().cursor();
    if (options.cycle && reached < *options.cycle) {
        complain(fmt::format("the machine stands still from cycle {} on: showing that moment", reached));
    }
    (*session)->set_focus_cpu(options.cpu);
    const auto table = debugger::make_view(**session, options.view, options.of);
    if (!table) return complain(table.error().message), kBadUsage;
    const bool lacks_lens = (*session)->lens() == nullptr && options.machine.bare_file.empty();
    if (table->rows.empty() && lacks_lens) return complain((*session)->lens_message()), kFailure;
    return print_all(options.json ? debugger::to_json(*table) + "\n" : debugger::to_text(*table));
}

}  // namespace

int show_command(std::span<const std::string> args) {
    ShowOptions options;
    CLI::App app("Prints the rows of a panel.", "peach show");
    app.add_option("VIEW", options.view, "which panel")->required()->option_text(" ");
    app.add_option("--at", options.cycle,
                   "at this cycle; else when the guest first waits for input, at the latest at 20,000,000")
        ->transform(whole_number())
        ->option_text("CYCLE");
    app.add_option("--since", options.since,
                   "from this cycle on (for the views `changes`, `heat` and `coverage`)")
        ->transform(whole_number())
        ->option_text("CYCLE");
    app.add_option("--of", options.of, "about this variable or address (for the views `memory` and `walk`)")
        ->option_text("EXPRESSION");
    app.add_option("--cpu", options.cpu, "as this CPU sees it, from 0")
        ->check(CLI::Range(0, 7))
        ->option_text("N");
    app.add_flag("--json", options.json, "as JSON");
    app.footer("Views:\n" + view_list());
    add_machine_options(app, options.machine);
    add_replay_option(app, options.machine);
    if (const auto status = parse(app, args, options.machine.command)) return *status;
    return show(options);
}

}  // namespace peach::cli
