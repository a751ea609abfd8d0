// The window over the real guest, without a screen: it says what is true, forwards and backwards, and does
// what is pressed.

#include "gui/window.h"

#include <fmt/format.h>
#include <imgui.h>

#include <gtest/gtest.h>

#include <random>

#include "debugger/views/catalogue.h"
#include "gui/app.h"
#include "tests/gui/claims.h"
#include "tests/gui/guest_window.h"

namespace peach::gui::testing {
namespace {

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

TEST_F(GuestWindow, nothing_that_counts_is_cut_short_at_the_usual_size) {
    start_two();
    for (const bool projector : {false, true}) {
        WindowOptions options;
        options.projector = projector;
        if (projector) options.width = 1920, options.height = 1080;
        StillWindow window(*session_, options);
        window.press(",");
        for (const std::string& words : window.widgets().cut_texts())
            ADD_FAILURE() << "\"" << words << "\" has too little room" << (projector ? " (projector)" : "");
    }
}

TEST_F(GuestWindow, every_layout_shows_its_panels_and_tells_the_truth) {
    start_two();
    StillWindow window(*session_);
    const char* panels[][2] = {{"panel.diagram", "panel.details"},
                               {"panel.stack", "panel.bytes"},
                               {"panel.pages", "panel.walk"},
                               {"panel.metrics", "panel.queue"}};
    for (size_t i = 0; i < std::size(panels); i++) {
        window.press("Ctrl+" + std::to_string(i + 1));
        for (const char* panel : panels[i]) EXPECT_NE(window.widgets().find(panel), nullptr) << panel;
        EXPECT_EQ(window.value("transport.time"), std::to_string(session_->machine().cycle()));
    }
    window.click("transport.layout.cpu");
    EXPECT_NE(window.widgets().find("panel.stack"), nullptr);
    const auto frames = debugger::make_view(*session_, "frames");
    EXPECT_EQ(window.value("view.frames.0.function"), frames->rows[0].cells[1].text);
    window.press("Alt+]");
    EXPECT_EQ(number(window.value("register.pc")), session_->machine().cpu(0).pc);
}

TEST_F(GuestWindow, the_palette_finds_a_command_by_some_of_its_letters_and_does_it) {
    start_two();
    StillWindow window(*session_);
    window.press("Ctrl+Shift+P");
    ASSERT_NE(window.widgets().find("prompt"), nullptr);
    window.type("previous cont");
    EXPECT_EQ(window.value("prompt.0"), "Previous context switch");
    const uint64_t before = session_->timeline().cursor();
    window.press("Enter");
    EXPECT_LT(session_->timeline().cursor(), before);
    EXPECT_EQ(window.widgets().find("prompt"), nullptr);
    window.press("Ctrl+Shift+P");
    window.type("f,.");
    window.press("Escape");
    EXPECT_EQ(window.widgets().find("prompt"), nullptr);
}

TEST_F(GuestWindow, a_command_that_wants_to_know_something_asks) {
    start_two();
    StillWindow window(*session_);
    window.press("Ctrl+G");
    ASSERT_NE(window.widgets().find("prompt"), nullptr);
    window.press("Enter");
    EXPECT_NE(window.widgets().find("prompt"), nullptr) << "a cycle is needed";
    window.type("1,23x");
    window.press("Backspace");
    window.type("4");
    window.press("Enter");
    EXPECT_EQ(session_->timeline().cursor(), 1234u);
    window.press("Ctrl+G");
    window.type("nonsense");
    window.press("Enter");
    EXPECT_NE(window.value("status.sentence").find("nonsense"), std::string::npos);
}

TEST_F(GuestWindow, go_to_leads_to_functions_and_moments) {
    start_two();
    StillWindow window(*session_);
    window.press("Ctrl+P");
    window.type("swtch");
    EXPECT_EQ(window.value("prompt.0"), "function swtch");
    window.press("Enter");
    const uint32_t swtch = session_->kernel()->find_symbol("swtch")->address;
    EXPECT_NE(window.widgets().find(fmt::format("source.0x{:08x}", swtch)), nullptr);
    window.press("Ctrl+P");
    window.type("t = 4,321");
    window.press("Enter");
    EXPECT_EQ(session_->timeline().cursor(), 4321u);
}

TEST_F(GuestWindow, f9_and_run_to_are_about_the_line_that_was_clicked) {
    start_two();
    StillWindow window(*session_);
    window.press("Ctrl+P");
    window.type("swtch");
    window.press("Enter");
    const uint32_t third = session_->kernel()->find_symbol("swtch")->address + 8;
    const std::string line = fmt::format("source.0x{:08x}", third);
    window.click(line);
    window.press("F9");
    EXPECT_NE(session_->breakpoint_at(third), nullptr);
    window.press("F9");
    EXPECT_EQ(session_->breakpoint_at(third), nullptr);
    window.press("Ctrl+F10");
    EXPECT_EQ(session_->machine().cpu(0).pc, third);
}

TEST_F(GuestWindow, who_wrote_this_asks_about_what_is_under_the_pointer) {
    start_two();
    StillWindow window(*session_);
    const Widget a0 = *window.widgets().find("register.a0");
    const std::string value = a0.value;
    window.move_to(a0.centre_x(), a0.centre_y());
    window.press("w");
    EXPECT_EQ(window.value("transport.when"), "past");
    window.move_to(2, 2);
    EXPECT_NE(window.value("register.a0"), value);
    window.press("Alt+]");
    EXPECT_EQ(window.value("register.a0"), value);
}

TEST_F(GuestWindow, a_bookmark_stands_on_the_timeline_and_leads_back) {
    start_two();
    StillWindow window(*session_);
    const uint64_t here = session_->timeline().cursor();
    window.press("Ctrl+B");
    EXPECT_EQ(window.value("timeline.bookmark.1"), std::to_string(here));
    window.press(",");
    window.press("Alt+.");
    EXPECT_EQ(session_->timeline().cursor(), here);
    window.press("Alt+Left");
    EXPECT_LT(session_->timeline().cursor(), here);
    window.press("Alt+Right");
    EXPECT_EQ(session_->timeline().cursor(), here);
}

TEST_F(GuestWindow, arrows_in_the_terminal_edit_the_line_as_in_any_shell) {
    StillWindow window(*session_);
    window.click("terminal");
    window.type("echo ac");
    window.press("Left");
    window.type("b");
    window.press("End");
    window.type("d");
    window.press("Enter");
    window.frames(5);
    bool answered = false;
    for (const Widget& widget : window.widgets().all()) answered = answered || widget.value == "abcd";
    EXPECT_TRUE(answered);
}

TEST_F(GuestWindow, pasted_text_is_typed) {
    StillWindow window(*session_);
    window.click("terminal");
    ImGui::SetClipboardText("echo from the clipboard\r\n");
    window.press("Ctrl+Shift+V");
    window.frames(5);
    bool answered = false;
    for (const Widget& widget : window.widgets().all())
        answered = answered || widget.value == "from the clipboard";
    EXPECT_TRUE(answered);
}

TEST_F(GuestWindow, the_timeline_scrolls_through_many_processes_and_always_shows_the_cpus) {
    session_->type("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do spin & done\n");
    session_->start(debugger::Motion::run);
    session_->finish(12'000'000);
    session_->pause();
    StillWindow window(*session_);
    window.press("f");
    ASSERT_NE(window.widgets().find("timeline.CPU 0"), nullptr);
    EXPECT_NE(window.widgets().find("timeline.1 init"), nullptr);
    const Widget names = *window.widgets().find("timeline.1 init");
    window.move_to(names.left - 20, names.centre_y());
    for (int i = 0; i < 20; i++) window.window().input().push(WheelTurned{0, -1});
    window.settle();
    EXPECT_EQ(window.widgets().find("timeline.1 init"), nullptr);
    EXPECT_NE(window.widgets().find("timeline.CPU 0"), nullptr);
    // Their numbers stand in the diagram although their names have no room there.
    size_t tokens = 0;
    for (const Widget& widget : window.widgets().all())
        tokens += widget.id.starts_with("diagram.process.") ? 1 : 0;
    EXPECT_GE(tokens, 18u) << "a state that has more says how many";
    expect_claims_to_be_true(window.widgets(), *session_);
}

TEST_F(GuestWindow, the_keys_wasd_move_and_zoom_the_timeline_under_the_pointer) {
    start_two();
    StillWindow window(*session_);
    const Widget row = *window.widgets().find("timeline.CPU 0");
    window.move_to((row.left + row.right) / 2, row.centre_y());
    const auto length = [&] { return window.window().view().chart.end - window.window().view().chart.begin; };
    const uint64_t before = length();
    window.press("w");
    EXPECT_LT(length(), before);
    window.press("s");
    EXPECT_NEAR(static_cast<double>(length()), static_cast<double>(before), 2);
    const uint64_t begin = window.window().view().chart.begin;
    window.press("a");
    EXPECT_LT(window.window().view().chart.begin, begin);
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
// The one is drawn from the log, the other is read from the guest's memory.
TEST_F(GuestWindow, the_diagram_and_the_process_table_agree_where_switches_lead) {
    start_two();
    StillWindow window(*session_);
    for (const char* key : {",", ",", ",", ".", ","}) {
        window.press(key);
        int compared = 0;
        for (const debugger::ProcessRow& row : debugger::process_view(*session_).rows) {
            const std::string in_diagram(window.value(fmt::format("diagram.process.{}", row.pid)));
            EXPECT_EQ(in_diagram, row.state.name)
                << "process " << row.pid << " at " << session_->machine().cycle();
            EXPECT_EQ(window.value(fmt::format("process.{}", row.pid)), row.state.name);
            ++compared;
        }
        EXPECT_EQ(compared, 4);
    }
}

TEST_F(GuestWindow, a_monkey_cannot_make_it_lie) {
    start_two();
    StillWindow window(*session_);
    std::mt19937 random(99);
    const char* keys[] = {
        "F10",      "Shift+F10", "F11",    "Alt+]",        "Alt+[",        ".",      ",",
        "f",        "h",         "F9",     "F1",           "Escape",       "End",    "Ctrl+=",
        "Ctrl+-",   "Ctrl+0",    "Ctrl+`", "Ctrl+m",       "Ctrl+Shift+l", "Ctrl+1", "Ctrl+2",
        "Ctrl+3",   "Ctrl+4",    "Ctrl+p", "Ctrl+Shift+p", "Ctrl+g",       "w",      "Ctrl+b",
        "Alt+Left", "Enter",     "Down"};
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
    window.press("Escape");
    window.press("Ctrl+1");
    window.window().layout().maximise("");
    window.window().view().help_open = false;
    window.press("Ctrl+0");
    window.press("h");
    EXPECT_EQ(number(window.value("register.pc")), session_->machine().cpu(0).pc);
}

TEST(Documentation, names_every_key_of_the_window_and_no_other) {
    std::ifstream file(std::filesystem::path(PEACH_SOURCE_DIR) / "docs" / "window.md");
    const std::string page(std::istreambuf_iterator<char>(file), {});
    const std::string table = page.substr(page.find("## Every key"));
    size_t keys = 0;
    const KeyMap map;
    for (const KeyBinding& binding : map.all()) {
        const std::string chord = chord_text(binding.chord);
        const std::string row =
            fmt::format("| {} | {} | {} |", chord.ends_with('`') ? "`` " + chord + " ``" : "`" + chord + "`",
                        binding.title, binding.sentence);
        EXPECT_NE(table.find(row), std::string::npos) << row;
        keys++;
    }
    size_t rows = 0;
    for (size_t at = table.find("\n| `"); at != std::string::npos; at = table.find("\n| `", at + 1)) rows++;
    EXPECT_EQ(rows, keys);
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
