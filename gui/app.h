#pragma once
// The window as a whole: what `peach` opens and `peach shot` paints.

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "debugger/session.h"
#include "emulator/base/error.h"

namespace peach::gui {

struct WindowOptions {
    int width = 1600;
    int height = 1000;
    bool projector = false;  // light colours, larger letters
    float font_pixels = 0;   // 0: the default
    bool start_running = true;
    bool full_screen = false;
    std::string layout;  // by name; empty: the first
};

// The names that WindowOptions::layout may have.
std::vector<std::string> layout_names();

// Why no window came up: there is no screen to open it on.
struct WindowError {
    std::string message;  // "what is wrong: what to do"
};

// Opens the window on a session and returns the machine's exit status when it is closed.
std::expected<int, WindowError> run_window(std::unique_ptr<debugger::Session> session,
                                           const WindowOptions& options = {});

// What is typed and how long the machine runs before the picture is taken, and what is done then. Boot takes
// what it takes: typing starts once the guest waits for input.
struct ShotOptions {
    WindowOptions window;
    std::string typed;  // empty: nothing, and nobody waits for a shell
    uint64_t cycles_after = 1'400'000;
    std::vector<std::string> commands;  // see debugger/commands.h
    uint64_t boot_limit_cycles = 100'000'000;
};

// Paints the window into a PNG without a screen. The same guest and options give the same bytes.
std::expected<void, Error> shot(debugger::Session& session, const std::filesystem::path& file,
                                const ShotOptions& options = {});

}  // namespace peach::gui
