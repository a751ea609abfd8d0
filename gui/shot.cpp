#include <fmt/format.h>
#include <imgui.h>

#include "gui/app.h"
#include "gui/damage_painter.h"
#include "gui/guest.h"
#include "gui/picture.h"
#include "gui/renderer_software.h"
#include "gui/window.h"

namespace peach::gui {

namespace {

constexpr uint64_t kCommandLimitCycles = 10'000'000;

// Boots until the guest waits for input; says why not if it does not come to that.
std::expected<void, Error> boot(debugger::Session& session, uint64_t limit_cycles) {
    session.start(debugger::Motion::run);
    const debugger::Stop& stop = session.finish(limit_cycles);
    if (stop.cause == debugger::StopCause::idle) return {};
    return std::unexpected(
        Error{fmt::format("the guest did not come to its shell within {} cycles ({}): try a longer boot",
                          limit_cycles, stop.sentence)});
}

// A command's name, and its argument after a space.
std::expected<void, Error> run_command(debugger::Session& session, const std::string& words) {
    const size_t space = words.find(' ');
    const std::string name = words.substr(0, space);
    const std::string argument = space == std::string::npos ? std::string() : words.substr(space + 1);
    const debugger::Command* command = debugger::find_command(name);
    if (command == nullptr) {
        std::string names;
        for (const debugger::Command& row : debugger::commands())
            names += (names.empty() ? "" : ", ") + std::string(row.name);
        return std::unexpected(Error{fmt::format("'{}' is no command: there are {}", name, names)});
    }
    if (!command->enabled(session))
        return std::unexpected(Error{fmt::format("'{}' is not possible at this moment", name)});
    if (const auto done = command->action(session, argument); !done) return done;
    const debugger::Stop& stop = session.finish(kCommandLimitCycles);
    if (command->id == debugger::CommandId::run_to && stop.cause != debugger::StopCause::done) {
        return std::unexpected(Error{fmt::format("'{}' did not get there within {} cycles: {}", words,
                                                 kCommandLimitCycles, stop.sentence)});
    }
    session.pause();
    return {};
}

// The same number of frames at the same moments each time: pictures do not depend on the host.
void paint(Window& window, const WindowOptions& options, Surface& surface) {
    constexpr int kFramesToSettle = 6;
    DamagePainter painter;
    for (int i = 0; i < kFramesToSettle; i++) {
        const ImDrawData& data = window.frame(options.width, options.height, 10.0 + i);
        if (window.take_fonts_changed()) load_fonts_into(painter, window.fonts());
        painter.paint(data, surface);
    }
}

}  // namespace

std::expected<void, Error> shot(debugger::Session& session, const std::filesystem::path& file,
                                const ShotOptions& options) {
    if (!options.typed.empty()) {
        if (const auto booted = boot(session, options.boot_limit_cycles); !booted) return booted;
        session.type(options.typed);
    }
    session.start(debugger::Motion::run);
    session.finish(options.cycles_after);
    session.pause();
    for (const std::string& name : options.commands) {
        if (const auto done = run_command(session, name); !done) return done;
    }
    DirectGuest guest(session);
    Window window(guest, options.window);
    Surface surface(options.window.width, options.window.height);
    paint(window, options.window, surface);
    if (const auto saved = save_png(surface, file); !saved) return std::unexpected(Error{saved.error()});
    return {};
}

}  // namespace peach::gui
