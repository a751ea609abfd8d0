// The window over the real guest, without a screen: it says what is true, forwards and backwards, and does
// what is pressed.

#include "gui/window.h"

#include <gtest/gtest.h>

#include <random>

#include "gui/app.h"
#include "tests/gui/claims.h"
#include "tests/gui/guest_window.h"

namespace peach::gui::testing {
namespace {

class GuestWindow : public ::testing::Test {
  protected:
    void SetUp() override {
        session_ = booted_session();
        ASSERT_NE(session_, nullptr);
    }
    // Two processes that the timer switches.
    void start_two() {
        session_->type("spin & spin &\n");
        session_->start(debugger::Motion::run);
        session_->finish(1'000'000);
        session_->pause();
    }
    std::unique_ptr<debugger::Session> session_;
};

TEST_F(GuestWindow, says_what_the_machine_is_forwards_and_backwards) {
    start_two();
    StillWindow window(*session_);
    expect_claims_to_be_true(window.widgets(), *session_);
    std::mt19937 random(5);
    const char* keys[] = {"Alt+]", "Alt+[", "F10", "Shift+F10", "F11", ".", ",", "Alt+]", "Alt+["};
    for (int i = 0; i < 40; i++) {
        window.press(keys[random() % std::size(keys)]);
        expect_claims_to_be_true(window.widgets(), *session_);
        if (HasFailure()) FAIL() << "after " << i + 1 << " keys";
    }
}

TEST_F(GuestWindow, a_step_and_a_step_back_show_the_same_window) {
    start_two();
    StillWindow window(*session_);
    window.press("Alt+]");
    window.press("Alt+[");
    const std::string pc = window.value("register.pc");
    const std::string time = window.value("transport.time");
    window.press("Alt+]");
    EXPECT_NE(window.value("transport.time"), time);
    window.press("Alt+[");
    EXPECT_EQ(window.value("register.pc"), pc);
    EXPECT_EQ(window.value("transport.time"), time);
}

TEST_F(GuestWindow, looking_changes_nothing) {
    start_two();
    const uint64_t before = session_->machine().hash();
    StillWindow window(*session_);
    for (const char* tab : {"events", "memory", "walk"}) {
        window.click(std::string("details.tab.") + tab);
        EXPECT_EQ(window.value(std::string("details.tab.") + tab), "open");
    }
    window.press("F1");
    window.frames(5);
    EXPECT_EQ(session_->machine().hash(), before);
}

TEST_F(GuestWindow, typing_reaches_the_guest_and_its_answer_the_terminal) {
    StillWindow window(*session_);
    window.press("Ctrl+`");
    EXPECT_EQ(window.value("terminal"), "focused");
    window.type("echo ripe");
    window.press("Enter");
    window.press("F5");
    window.frames(5);
    bool answered = false;
    for (const Widget& widget : window.widgets().all()) answered = answered || widget.value == "ripe";
    EXPECT_TRUE(answered);
    window.press("Ctrl+`");
    EXPECT_EQ(window.value("terminal"), "");
}

TEST_F(GuestWindow, letters_typed_into_the_terminal_are_no_shortcuts) {
    StillWindow window(*session_);
    window.click("terminal");
    const std::string time = window.value("transport.time");
    window.press("f");
    window.press(",");
    EXPECT_EQ(window.value("transport.time"), time);
}

TEST_F(GuestWindow, a_click_in_the_gutter_sets_a_breakpoint_and_takes_it_away) {
    start_two();
    StillWindow window(*session_);
    const std::string gutter = "source.gutter.0x" + window.value("source.current").substr(2);
    window.click(gutter);
    EXPECT_EQ(window.value(gutter), "breakpoint");
    ASSERT_EQ(session_->breakpoints().size(), 1u);
    window.click(gutter);
    EXPECT_EQ(window.value(gutter), "");
    EXPECT_TRUE(session_->breakpoints().empty());
}

TEST_F(GuestWindow, dragging_the_time_slider_goes_into_the_past_and_end_comes_back) {
    start_two();
    StillWindow window(*session_);
    const Widget time = *window.widgets().find("time");
    window.drag(time.right - 2, time.centre_y(), time.left + (time.right - time.left) / 2, time.centre_y());
    EXPECT_EQ(window.value("transport.when"), "past");
    expect_claims_to_be_true(window.widgets(), *session_);
    window.press("End");
    EXPECT_EQ(window.value("transport.when"), "live");
    expect_claims_to_be_true(window.widgets(), *session_);
}

TEST_F(GuestWindow, the_policy_list_moves_a_switch_that_the_kernel_obeys) {
    start_two();
    StillWindow window(*session_);
    EXPECT_EQ(window.widgets().find("transport.policy.1"), nullptr) << "the list is folded in";
    window.click("transport.policy");
    window.click("transport.policy.1");
    session_->start(debugger::Motion::run);
    session_->finish(200'000);
    EXPECT_EQ(session_->machine().devices().front_panel.lamps[0], 1u);
}

TEST_F(GuestWindow, a_click_on_the_timeline_goes_to_that_moment) {
    start_two();
    StillWindow window(*session_);
    const uint64_t before = session_->timeline().cursor();
    const Widget row = *window.widgets().find("timeline.CPU 0");
    window.move_to((row.left + row.right) / 2, row.centre_y());
    window.click("timeline.CPU 0");
    EXPECT_LT(session_->timeline().cursor(), before);
    expect_claims_to_be_true(window.widgets(), *session_);
}

TEST_F(GuestWindow, larger_letters_and_light_colours_rearrange_the_panels) {
    StillWindow window(*session_);
    const Widget before = *window.widgets().find("register.pc");
    window.press("Ctrl+=");
    window.press("Ctrl+=");
    const Widget larger = *window.widgets().find("register.pc");
    EXPECT_GT(larger.bottom - larger.top, before.bottom - before.top);
    window.press("Ctrl+0");
    const Widget usual = *window.widgets().find("register.pc");
    EXPECT_EQ(usual.bottom - usual.top, before.bottom - before.top);
    const Surface dark = window.picture();
    window.press("Ctrl+Shift+l");
    EXPECT_NE(window.picture().pixels, dark.pixels);
    window.press("Ctrl+Shift+l");
    EXPECT_EQ(window.picture().pixels, dark.pixels);
}

TEST_F(GuestWindow, every_size_is_drawn_within_the_window) {
    start_two();
    StillWindow window(*session_);
    for (const auto& [width, height] : {std::pair(640, 400), std::pair(1024, 768), std::pair(1920, 1080)}) {
        window.resize(width, height);
        for (const Widget& widget : window.widgets().all()) {
            if (!widget.id.starts_with("panel.")) continue;
            EXPECT_GE(widget.left, 0) << widget.id;
            EXPECT_LE(widget.right, static_cast<float>(width)) << widget.id;
            EXPECT_LE(widget.bottom, static_cast<float>(height)) << widget.id;
        }
    }
}

TEST_F(GuestWindow, the_same_frames_give_the_same_picture) {
    start_two();
    const auto paint = [&] {
        StillWindow window(*session_);
        window.frames(4);
        return window.picture().pixels;
    };
    EXPECT_EQ(paint(), paint());
}

TEST_F(GuestWindow, a_picture_painted_in_part_equals_the_whole_while_the_guest_runs) {
    start_two();
    DirectGuest guest(*session_);
    Window window(guest, {});
    DamagePainter partly;
    DamagePainter wholly;
    Surface damaged(1600, 1000);
    Surface whole(1600, 1000);
    for (int frame = 0; frame < 25; frame++) {
        session_->start(debugger::Motion::run);
        session_->finish(7'919);
        window.input().push(
            PointerMoved{static_cast<float>(frame * 61 % 1600), static_cast<float>(frame * 37 % 1000)});
        const ImDrawData& data = window.frame(1600, 1000, 10 + frame / 60.0);
        if (window.take_fonts_changed()) {
            load_fonts_into(wholly, window.fonts());
            load_fonts_into(partly, window.fonts());
        }
        partly.paint(data, damaged);
        wholly.invalidate();
        wholly.paint(data, whole);
        ASSERT_EQ(damaged.pixels, whole.pixels) << "frame " << frame;
    }
}

// Presses and clicks at random; whatever comes of it, the window keeps telling the truth.
TEST_F(GuestWindow, a_monkey_cannot_make_it_lie) {
    start_two();
    StillWindow window(*session_);
    std::mt19937 random(99);
    const char* keys[] = {
        "F10", "Shift+F10", "F11", "Alt+]",  "Alt+[",  ".",      ",",      "f",      "h",           "F9",
        "F1",  "Escape",    "End", "Ctrl+=", "Ctrl+-", "Ctrl+0", "Ctrl+`", "Ctrl+m", "Ctrl+Shift+l"};
    for (int i = 0; i < 60; i++) {
        const auto& all = window.widgets().all();
        switch (random() % 3) {
            case 0:
                window.press(keys[random() % std::size(keys)]);
                break;
            case 1:
                window.click(std::string(all[random() % all.size()].id));
                break;
            default:
                window.window().input().push(WheelTurned{0, random() % 2 == 0 ? 1.0f : -1.0f});
                window.move_to(static_cast<float>(random() % 1600), static_cast<float>(random() % 1000));
        }
        EXPECT_EQ(window.value("transport.time"), std::to_string(session_->machine().cycle())) << i;
    }
    window.window().layout().maximise("");
    window.window().view().help_open = false;
    window.press("Ctrl+0");
    window.press("h");
    EXPECT_EQ(number(window.value("register.pc")), session_->machine().cpu(0).pc);
}

TEST(Shot, is_the_same_picture_each_time) {
    const auto paint = [](const std::string& name) {
        const std::filesystem::path file = std::filesystem::temp_directory_path() / name;
        const auto session = debugger::Session::create(guest_options());
        const auto painted = shot(**session, file);
        EXPECT_TRUE(painted) << painted.error().message;
        std::vector<std::byte> bytes = read_file(file);
        std::filesystem::remove(file);
        return bytes;
    };
    const std::vector<std::byte> first = paint("peach-shot-1.png");
    EXPECT_GT(first.size(), 20'000u);
    EXPECT_EQ(first, paint("peach-shot-2.png"));
}

TEST(Shot, says_what_is_wrong) {
    const auto session = debugger::Session::create(guest_options());
    const auto nowhere = shot(**session, "/nowhere/shot.png");
    ASSERT_FALSE(nowhere);
    EXPECT_NE(nowhere.error().message.find("/nowhere/shot.png"), std::string::npos);
}

}  // namespace
}  // namespace peach::gui::testing
