// `peach` without words, and `peach shot`: the window, with and without a person.

#include "cli/command.h"
#include "cli/machine_options.h"

#include "gui/app.h"

#include <fmt/format.h>
#include <algorithm>
#include <CLI/CLI.hpp>
#include <iterator>
#include <string>
#include <vector>

namespace peach::cli {
namespace {

constexpr int kFailure = 1;

// The same without a window, whose own options say nothing here.
int run_in_terminal(std::span<const std::string> args) {
    const auto command = std::ranges::find(args, "--");
    std::vector<std::string> words;
    std::ranges::remove_copy_if(
        args.begin(), command, std::back_inserter(words),
        [](const std::string& word) { return word == "--projector" || word == "--paused"; });
    words.insert(words.end(), command, args.end());
    return run_command(words);
}

}  // namespace

int window_command(std::span<const std::string> args) {
    MachineOptions machine;
    gui::WindowOptions options;
    bool paused = false;
    CLI::App app("Opens the window.", "peach");
    add_machine_options(app, machine);
    app.add_flag("--projector", options.projector, "light colours, larger letters");
    app.add_flag("--paused", paused, "do not run yet");
    add_replay_option(app, machine);
    if (const auto status = parse(app, args, machine.command)) return *status;
    options.start_running = !paused;
    auto session = make_session(machine, false);
    if (!session) return complain(session.error().message), session.error().status;
    const auto closed = gui::run_window(*std::move(session), options);
    if (closed) return *closed;
    complain(closed.error().message + ": starting PeachOS in this terminal instead");
    return run_in_terminal(args);
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
    auto session = make_session(machine, false);
    if (!session) return complain(session.error().message), session.error().status;
    const auto painted = gui::shot(**session, file, options);
    if (painted) return 0;
    complain(painted.error().message);
    return kFailure;
}

}  // namespace peach::cli
