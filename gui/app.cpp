#include "gui/app.h"

#include <fmt/format.h>
#include <imgui.h>
#include <SDL.h>

#include "gui/guest.h"
#include "gui/platform.h"
#include "gui/window.h"

namespace peach::gui {

namespace {

constexpr double kFrameSeconds = 1.0 / 60;
constexpr int kRestingWaitMs = 500;

// Milliseconds to wait for the next frame's beginning; at rest, for something to happen.
int wait_ms(const Window& window, double frame_began, double now) {
    if (!window.wants_frame()) return kRestingWaitMs;
    return std::max(0, static_cast<int>((frame_began + kFrameSeconds - now) * 1000));
}

std::string window_title(const Model& model) {
    if (model.powered_off) return "Peach (switched off)";
    return model.live ? "Peach" : "Peach (in the past)";
}

void show_frames(Window& window, Platform& platform) {
    double frame_began = platform.now_seconds();
    while (!platform.quit_wanted()) {
        platform.collect(window.input(), wait_ms(window, frame_began, platform.now_seconds()));
        const double now = platform.now_seconds();
        // Input that comes in the middle of a frame's time waits for the rest of it.
        if (now - frame_began < kFrameSeconds * 0.9) {
            SDL_Delay(static_cast<Uint32>((frame_began + kFrameSeconds - now) * 1000));
        }
        frame_began = platform.now_seconds();
        const ImDrawData& data = window.frame(platform.width(), platform.height(), frame_began);
        if (window.take_fonts_changed()) platform.renderer().load_fonts(window.fonts());
        platform.renderer().draw(data);
        platform.show_cursor(ImGui::GetMouseCursor());
        platform.set_full_screen(window.view().full_screen);
        platform.set_title(window_title(window.model()));
    }
}

}  // namespace

std::vector<std::string> layout_names() {
    std::vector<std::string> names;
    for (const LayoutRow& row : layouts()) names.emplace_back(row.name);
    return names;
}

std::expected<int, WindowError> run_window(std::unique_ptr<debugger::Session> session,
                                           const WindowOptions& options) {
    auto platform = Platform::open("Peach", options.width, options.height);
    if (!platform) {
        return std::unexpected(WindowError{fmt::format("no window can be opened ({})", platform.error())});
    }
    if (options.start_running) session->start(debugger::Motion::run);
    debugger::Runner runner(std::move(session));
    RunnerGuest guest(runner);
    Window window(guest, options);
    (*platform)->install_clipboard();
    runner.set_wake([] { Platform::wake(); });
    show_frames(window, **platform);
    runner.set_wake({});
    return runner.look([](const debugger::Session& at_end) { return at_end.machine().exit_status(); });
}

}  // namespace peach::gui
