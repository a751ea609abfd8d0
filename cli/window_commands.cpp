// `peach` without words, and `peach shot`: the window, with and without a person.

#include "cli/command.h"
#include "cli/machine_options.h"

#include "gui/app.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace peach::cli {
namespace {

constexpr int kFailure = 1;

}  // namespace

int window_command() {
    auto session = make_session_options({}, false);
    if (!session) return complain(session.error().message), kFailure;
    const auto closed = gui::run_window(*std::move(session));
    if (closed) return *closed;
    complain(closed.error().message);
    if (!closed.error().no_display) return kFailure;
    complain("no display: starting PeachOS in this terminal instead");
    return run_command({});
}

int shot_command(std::span<const std::string> args) {
    MachineOptions machine;
    gui::ShotOptions options;
    std::string file;
    CLI::App app("Paints the window into a PNG file: boots, types, runs on a little, and paints.",
                 "peach shot");
    app.add_option("FILE", file, "the PNG to write")->required();
    app.add_option("--type", options.typed, "what is typed once the shell waits");
    app.add_option("--cycles", options.cycles_after, "cycles to run after that")
        ->check(CLI::Range(0u, 4'000'000'000u));
    app.add_option("--width", options.window.width, "in pixels")->check(CLI::Range(640, 7680));
    app.add_option("--height", options.window.height, "in pixels")->check(CLI::Range(400, 4320));
    app.add_flag("--projector", options.window.projector, "light colours, larger letters");
    add_machine_options(app, machine);
    if (const auto status = parse(app, args, machine.command)) return *status;
    auto session = make_session_options(machine, false);
    if (!session) return complain(session.error().message), kFailure;
    const auto painted = gui::shot(*std::move(session), file, options);
    if (painted) return 0;
    complain(painted.error().message);
    return kFailure;
}

}  // namespace peach::cli
