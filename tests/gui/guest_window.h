#pragma once
// The window's content over the real guest, without a screen: what the tests press, type and read.

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "debugger/runner.h"
#include "debugger/session.h"
#include "gui/damage_painter.h"
#include "gui/guest.h"
#include "gui/renderer_software.h"
#include "gui/window.h"

namespace peach::gui::testing {

inline std::filesystem::path share_directory() {
    return std::filesystem::path(PEACH_BUILD_DIR) / "share" / "peach";
}

inline std::vector<std::byte> read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path << " is missing: build the target guest";
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

inline debugger::SessionOptions guest_options() {
    debugger::SessionOptions options;
    options.kernel_path = share_directory() / "kernel.elf";
    options.share_directory = share_directory();
    options.disk = read_file(share_directory() / "disk.img");
    return options;
}

// A session that has booted to its shell's prompt.
inline std::unique_ptr<debugger::Session> booted_session() {
    auto session = debugger::Session::create(guest_options());
    if (!session) {
        ADD_FAILURE() << session.error().message;
        return nullptr;
    }
    (*session)->start(debugger::Motion::run);
    EXPECT_EQ((*session)->finish(100'000'000).cause, debugger::StopCause::idle);
    return *std::move(session);
}

// Draws frames at moments of its own; motions that a key started are finished between two frames.
class StillWindow {
  public:
    explicit StillWindow(debugger::Session& session, const WindowOptions& options = {})
        : session_(session), guest_(session), window_(guest_, options), options_(options) {
        frames(3);
    }

    void frames(int count) {
        for (int i = 0; i < count; i++) {
            now_ += 1.0 / 60;
            data_ = &window_.frame(options_.width, options_.height, now_);
            if (window_.take_fonts_changed()) load_fonts_into(painter_, window_.fonts());
            if (session_.motion() != debugger::Motion::none && run_motions_) session_.finish(50'000'000);
        }
    }
    // A key goes down and up, and what it started comes to its end.
    void press(std::string_view chord) {
        const auto parsed = parse_chord(chord);
        ASSERT_TRUE(parsed) << chord;
        window_.input().push(KeyEdge{parsed->key, true, parsed->with});
        window_.input().push(KeyEdge{parsed->key, false, parsed->with});
        settle();
    }
    void type(const std::string& text) {
        window_.input().push(TextTyped{text});
        settle();
    }
    void move_to(float x, float y) {
        window_.input().push(PointerMoved{x, y});
        settle();
    }
    void click(std::string_view id, int button = 0) {
        const Widget* widget = window_.widgets().find(id);
        ASSERT_NE(widget, nullptr) << id;
        click_at(widget->centre_x(), widget->centre_y(), button);
    }
    void click_at(float x, float y, int button = 0) {
        window_.input().push(PointerMoved{x, y});
        frames(1);
        window_.input().push(ButtonEdge{button, true});
        window_.input().push(ButtonEdge{button, false});
        settle();
    }
    void drag(float x, float y, float to_x, float to_y) {
        window_.input().push(PointerMoved{x, y});
        frames(2);
        window_.input().push(ButtonEdge{0, true});
        frames(2);
        for (int i = 1; i <= 8; i++) {
            window_.input().push(PointerMoved{x + (to_x - x) * static_cast<float>(i) / 8,
                                              y + (to_y - y) * static_cast<float>(i) / 8});
            frames(1);
        }
        window_.input().push(ButtonEdge{0, false});
        settle();
    }
    void settle() {
        do {
            frames(1);
        } while (window_.input().pending());
        frames(3);
    }
    void resize(int width, int height) {
        options_.width = width;
        options_.height = height;
        settle();
    }
    void let_motions_be() { run_motions_ = false; }

    Window& window() { return window_; }
    const WidgetTable& widgets() const { return window_.widgets(); }
    std::string value(std::string_view id) const { return std::string(window_.widgets().value(id)); }
    int width() const { return options_.width; }
    int height() const { return options_.height; }
    Surface picture() {
        Surface surface(options_.width, options_.height);
        painter_.invalidate();
        painter_.paint(*data_, surface);
        return surface;
    }

  private:
    debugger::Session& session_;
    DirectGuest guest_;
    Window window_;
    WindowOptions options_;
    DamagePainter painter_;
    const ImDrawData* data_ = nullptr;
    double now_ = 100;
    bool run_motions_ = true;
};

// Tests that look at a booted guest.
class GuestWindow : public ::testing::Test {
  protected:
    void SetUp() override {
        session_ = booted_session();
        ASSERT_NE(session_, nullptr);
    }
    void run_for(uint64_t cycles) {
        session_->start(debugger::Motion::run);
        session_->finish(cycles);
        session_->pause();
    }
    // Two processes that the timer switches.
    void start_two() {
        session_->type("spin & spin &\n");
        run_for(1'000'000);
    }
    std::unique_ptr<debugger::Session> session_;
};

}  // namespace peach::gui::testing
