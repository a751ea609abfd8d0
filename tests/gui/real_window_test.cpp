// A real window on a real X server, with a person's keys and pointer, over the real guest on its own thread.

#include <gtest/gtest.h>
#include <SDL.h>

#include "gui/app.h"
#include "gui/platform.h"
#include "tests/gui/claims.h"
#include "tests/gui/guest_window.h"
#include "tests/gui/virtual_screen.h"

namespace peach::gui::testing {
namespace {

class RealWindow : public ::testing::Test {
  protected:
    void SetUp() override {
        if (screen().missing()) GTEST_SKIP() << "Xvfb is not installed: apt-get install xvfb";
        ASSERT_TRUE(screen().usable()) << "Xvfb is there, but does not come up";
        setenv("PEACH_RENDERER", "software", 1);
        auto platform = Platform::open("Peach", 1600, 1000);
        ASSERT_TRUE(platform) << platform.error();
        platform_ = *std::move(platform);
        auto session = debugger::Session::create(guest_options());
        ASSERT_TRUE(session) << session.error().message;
        (*session)->start(debugger::Motion::run);
        runner_ = std::make_unique<debugger::Runner>(*std::move(session));
        guest_ = std::make_unique<RunnerGuest>(*runner_);
        window_ = std::make_unique<Window>(*guest_, WindowOptions{});
        SDL_SetWindowPosition(platform_->window(), 0, 0);
        SDL_SetWindowInputFocus(platform_->window());
        ASSERT_TRUE(frames_until([&] { return terminal_says("$ "); })) << "the shell's prompt did not come";
    }
    void TearDown() override {
        window_.reset();
        guest_.reset();
        runner_.reset();
        platform_.reset();
    }

    void frame() {
        platform_->collect(window_->input(), 1);
        const ImDrawData& data =
            window_->frame(platform_->width(), platform_->height(), platform_->now_seconds());
        if (window_->take_fonts_changed()) platform_->renderer().load_fonts(window_->fonts());
        platform_->renderer().draw(data);
    }
    // Draws until it is so; gives up after a minute, which only a test that fails waits for.
    template <typename Condition>
    bool frames_until(const Condition& condition) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (std::chrono::steady_clock::now() < end) {
            frame();
            if (condition()) return true;
        }
        return false;
    }
    void settle() {
        for (int i = 0; i < 12; i++) frame();
        runner_->wait_until_stopped(std::chrono::seconds(60));
        for (int i = 0; i < 4; i++) frame();
    }
    bool terminal_says(std::string_view line) const {
        for (const Widget& widget : window_->widgets().all()) {
            if (widget.id.starts_with("terminal.line.") && widget.value == line) return true;
        }
        return false;
    }
    std::string value(std::string_view id) const { return std::string(window_->widgets().value(id)); }
    void expect_truth() {
        runner_->look(
            [&](const debugger::Session& session) { expect_claims_to_be_true(window_->widgets(), session); });
    }
    // One server for all tests; it ends with the program.
    static VirtualScreen& screen() {
        static VirtualScreen server;
        return server;
    }
    // Gives the guest something to do, and stops it in the middle of that.
    void run_and_pause() {
        into_the_terminal();
        screen_.type("spin");
        screen_.key(XK_Return);
        ASSERT_TRUE(frames_until([&] { return value("status.speed").ends_with("IPS"); }));
        screen_.key(XK_F6);
        ASSERT_TRUE(frames_until([&] { return value("status.speed") == "stopped"; }));
        settle();
    }
    void into_the_terminal() {
        screen_.key(XK_grave, {XK_Control_L});
        ASSERT_TRUE(frames_until([&] { return value("terminal") == "focused"; }));
    }

    VirtualScreen& screen_ = screen();
    std::unique_ptr<Platform> platform_;
    std::unique_ptr<debugger::Runner> runner_;
    std::unique_ptr<RunnerGuest> guest_;
    std::unique_ptr<Window> window_;
};

TEST_F(RealWindow, what_is_typed_reaches_the_guest_and_its_answer_the_terminal) {
    into_the_terminal();
    screen_.type("echo peach");
    screen_.key(XK_Return);
    EXPECT_TRUE(frames_until([&] { return terminal_says("$ echo peach"); }));
    EXPECT_TRUE(frames_until([&] { return terminal_says("peach"); }));
    screen_.key(XK_grave, {XK_Control_L});
    EXPECT_TRUE(frames_until([&] { return value("terminal").empty(); }));
}

TEST_F(RealWindow, keys_step_forwards_and_backwards_and_the_panels_agree_with_the_machine) {
    run_and_pause();
    expect_truth();
    const std::string time = value("transport.time");
    const std::string pc = value("register.pc");
    for (int i = 0; i < 3; i++) {
        screen_.key(XK_bracketleft, {XK_Alt_L});
        settle();
        expect_truth();
    }
    EXPECT_NE(value("transport.time"), time);
    EXPECT_EQ(value("transport.when"), "past");
    for (int i = 0; i < 3; i++) {
        screen_.key(XK_bracketright, {XK_Alt_L});
        settle();
        expect_truth();
    }
    EXPECT_EQ(value("transport.time"), time);
    EXPECT_EQ(value("register.pc"), pc);
}

TEST_F(RealWindow, a_resized_window_is_painted_whole) {
    run_and_pause();
    for (const auto& [width, height] : {std::pair(1200, 800), std::pair(900, 600), std::pair(1650, 1050)}) {
        SDL_SetWindowSize(platform_->window(), width, height);
        const auto status_at_bottom = [&, h = height] {
            const Widget* status = window_->widgets().find("status.sentence");
            return status != nullptr && status->bottom == static_cast<float>(h);
        };
        EXPECT_TRUE(frames_until(status_at_bottom)) << width << " x " << height;
        EXPECT_LE(window_->widgets().find("panel.terminal")->right, static_cast<float>(width));
    }
    expect_truth();
}

TEST_F(RealWindow, a_splitter_follows_the_pointer) {
    run_and_pause();
    const Widget splitter = *window_->widgets().find("splitter.timeline-terminal");
    const float before = window_->widgets().find("panel.terminal")->left;
    const int x = static_cast<int>(splitter.centre_x());
    const int y = static_cast<int>(splitter.centre_y());
    screen_.move(x, y);
    settle();
    screen_.button(true);
    settle();
    for (int step = 1; step <= 5; step++) screen_.move(x - 40 * step, y);
    settle();
    screen_.button(false);
    settle();
    EXPECT_NEAR(window_->widgets().find("panel.terminal")->left, before - 200, 8);
    screen_.move(x, y - 300);
    settle();
    EXPECT_NEAR(window_->widgets().find("panel.terminal")->left, before - 200, 8);
}

TEST_F(RealWindow, buttons_of_the_transport_bar_run_and_pause) {
    run_and_pause();
    const auto press = [&](std::string_view id) {
        const Widget* widget = window_->widgets().find(id);
        ASSERT_NE(widget, nullptr) << id;
        screen_.move(static_cast<int>(widget->centre_x()), static_cast<int>(widget->centre_y()));
        for (int i = 0; i < 3; i++) frame();
        screen_.button(true);
        screen_.button(false);
        for (int i = 0; i < 6; i++) frame();
    };
    press("transport.run");
    EXPECT_TRUE(frames_until([&] { return value("status.speed") != "stopped"; }));
    press("transport.pause");
    EXPECT_TRUE(frames_until([&] { return value("status.speed") == "stopped"; }));
    settle();
    expect_truth();
}

TEST_F(RealWindow, never_gets_larger_than_the_screen) {
    SDL_Rect usable;
    ASSERT_EQ(SDL_GetDisplayUsableBounds(0, &usable), 0);
    const auto large = Platform::open("Peach", usable.w + 900, usable.h + 500);
    ASSERT_TRUE(large) << large.error();
    EXPECT_EQ((*large)->width(), usable.w);
    EXPECT_EQ((*large)->height(), usable.h);
    int x = -1;
    int y = -1;
    SDL_GetWindowPosition((*large)->window(), &x, &y);
    EXPECT_EQ(x, usable.x);
    EXPECT_EQ(y, usable.y);
}

TEST_F(RealWindow, takes_the_whole_screen_and_gives_it_back) {
    SDL_Rect whole;
    ASSERT_EQ(SDL_GetDisplayBounds(0, &whole), 0);
    const int width = platform_->width();
    ASSERT_LT(width, whole.w);
    const auto frames_until_wide = [&](int wanted) {
        return frames_until([&] {
            platform_->set_full_screen(window_->view().full_screen);
            return platform_->width() == wanted;
        });
    };
    screen_.key(XK_Return, {XK_Alt_L});
    EXPECT_TRUE(frames_until_wide(whole.w));
    EXPECT_EQ(platform_->height(), whole.h);
    screen_.key(XK_Return, {XK_Alt_L});
    ASSERT_TRUE(frames_until([&] { return !window_->view().full_screen; })) << "the key did not come";
    EXPECT_TRUE(frames_until_wide(width));
}

TEST(NoDisplay, is_an_error_that_says_why) {
    const char* display = getenv("DISPLAY");
    const std::string before = display == nullptr ? "" : display;
    unsetenv("DISPLAY");
    unsetenv("WAYLAND_DISPLAY");
    const auto closed = run_window(booted_session());
    if (!before.empty()) setenv("DISPLAY", before.c_str(), 1);
    ASSERT_FALSE(closed);
    EXPECT_NE(closed.error().message.find("no display"), std::string::npos) << closed.error().message;
}

}  // namespace
}  // namespace peach::gui::testing
