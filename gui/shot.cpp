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

// Boots until the guest waits for input; says why not if it does not come to that.
std::expected<void, Error> boot(debugger::Session& session, uint64_t limit_cycles) {
    session.start(debugger::Motion::run);
    const debugger::Stop& stop = session.finish(limit_cycles);
    if (stop.cause == debugger::StopCause::idle) return {};
    return std::unexpected(
        Error{fmt::format("the guest did not come to its shell within {} cycles ({}): try a longer boot",
                          limit_cycles, stop.sentence)});
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

std::expected<void, Error> shot(debugger::SessionOptions session_options, const std::filesystem::path& file,
                                const ShotOptions& options) {
    auto session = debugger::Session::create(std::move(session_options));
    if (!session) return std::unexpected(session.error());
    if (!options.typed.empty()) {
        if (const auto booted = boot(**session, options.boot_limit_cycles); !booted) return booted;
        (*session)->type(options.typed);
    }
    (*session)->start(debugger::Motion::run);
    (*session)->finish(options.cycles_after);
    (*session)->pause();
    DirectGuest guest(**session);
    Window window(guest, options.window);
    Surface surface(options.window.width, options.window.height);
    paint(window, options.window, surface);
    if (const auto saved = save_png(surface, file); !saved) return std::unexpected(Error{saved.error()});
    return {};
}

}  // namespace peach::gui
