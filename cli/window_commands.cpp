// `peach` without words, and `peach shot`: the window, with and without a person.

#include "cli/command.h"
#include "cli/host_files.h"
#include "cli/machine_options.h"

#include "gui/app.h"

#include <fmt/format.h>
#include <algorithm>
#include <CLI/CLI.hpp>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peach::cli {
namespace {

// Two processes that compete for the CPU.
constexpr const char* kTypedForShot = "primes 200000 > /dev/null & spin &\n";

// What both words say about the window.
void add_window_options(CLI::App& app, gui::WindowOptions& options) {
    app.add_flag("--projector", options.projector, "light colours, larger letters");
    std::string names;
    for (const std::string& name : gui::layout_names()) names += (names.empty() ? "" : "|") + name;
    app.add_option("--layout", options.layout, "which panels")
        ->check(CLI::IsMember(gui::layout_names()))
        ->option_text(names);
    app.add_option("--width", options.width, "in pixels, from 640")
        ->check(CLI::Range(640, 7680))
        ->option_text("PIXELS");
    app.add_option("--height", options.height, "in pixels, from 400")
        ->check(CLI::Range(400, 4320))
        ->option_text("PIXELS");
    app.add_option("--font", options.font_pixels, "size of the letters in pixels, 9 to 40")
        ->check(CLI::Range(9, 40))
        ->option_text("PIXELS");
}

// What only the window understands: words that stand alone, and words that a value follows.
constexpr std::string_view kWindowFlags[] = {"--projector", "--paused", "--fullscreen"};
constexpr std::string_view kWindowOptions[] = {"--layout", "--width", "--height", "--font"};

bool is_one_of(std::span<const std::string_view> words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

bool is_window_option_with_value(std::string_view word) {
    const size_t equals = word.find('=');
    return equals != std::string_view::npos && is_one_of(kWindowOptions, word.substr(0, equals));
}

// The same without a window, whose own options say nothing here.
int run_in_terminal(std::span<const std::string> args) {
    const auto command = std::ranges::find(args, "--");
    std::vector<std::string> words;
    for (auto word = args.begin(); word != command; ++word) {
        if (is_one_of(kWindowFlags, *word) || is_window_option_with_value(*word)) continue;
        if (is_one_of(kWindowOptions, *word)) {
            ++word;  // and its value, which has been checked
            continue;
        }
        words.push_back(*word);
    }
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
    add_window_options(app, options);
    app.add_flag("--paused", paused, "do not run yet");
    app.add_flag("--fullscreen", options.full_screen, "the whole screen; Alt+Enter leaves it");
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
    app.add_option("FILE", file, "the PNG to write")->required()->option_text(" ");
    auto* typed =
        app.add_option("--type", options.typed, "what is typed once the shell waits")->option_text("TEXT");
    auto* cycles = app.add_option("--cycles", options.cycles_after,
                                  "cycles to run after that; none if --do says what to do with a command")
                       ->transform(whole_number())
                       ->check(CLI::Range(0u, 4'000'000'000u))
                       ->option_text("N");
    auto* commands =
        app.add_option("--do", options.commands,
                       "a command of the debugger to do then, such as \"previous-switch\" or \"seek 1000\"")
            ->allow_extra_args(false)
            ->option_text("COMMAND ...");
    add_window_options(app, options.window);
    add_machine_options(app, machine);
    add_replay_option(app, machine);
    if (const auto status = parse(app, args, machine.command)) return *status;
    const bool ordinary = machine.bare_file.empty() && machine.load_file.empty() &&
                          machine.replay_file.empty() && machine.command.empty();
    if (ordinary && typed->count() == 0) {
        options.typed = kTypedForShot;
        if (commands->count() == 0) options.commands = {"run-to swtch", "step-instruction"};
    }
    if (!ordinary && commands->count() > 0 && cycles->count() == 0) options.cycles_after = 0;
    if (const auto fine = check_writable(file); !fine) return complain(fine.error().message), kFailure;
    auto session = make_session(machine, false);
    if (!session) return complain(session.error().message), session.error().status;
    const auto painted = gui::shot(**session, file, options);
    if (painted) return 0;
    complain(painted.error().message);
    return kFailure;
}

}  // namespace peach::cli
