// What single panels show, and how they are used.

#include <fmt/format.h>
#include <SDL.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "debugger/views/address_map.h"
#include "debugger/views/catalogue.h"
#include "debugger/views/code.h"
#include "debugger/views/page_map.h"
#include "debugger/views/policies.h"
#include "debugger/views/terminal.h"
#include "gui/draw.h"
#include "gui/panels/panels.h"
#include "tests/gui/claims.h"
#include "tests/gui/guest_window.h"

namespace peach::gui::testing {
namespace {

uint32_t policy_switch(const debugger::Session& session) {
    return session.machine().devices().front_panel.switches[0];
}

// ---- numbers ----

TEST(Numbers, in_sentences_have_commas_and_names_have_none) {
    EXPECT_EQ(with_commas_in("at cycle 700000000"), "at cycle 700,000,000");
    EXPECT_EQ(with_commas_in("asleep for 1204 cycles, then 999"), "asleep for 1,204 cycles, then 999");
    EXPECT_EQ(with_commas_in("(1000)"), "(1,000)");
    EXPECT_EQ(with_commas_in("response 2357, wait 506647. Processes"),
              "response 2,357, wait 506,647. Processes");
    for (const char* name : {"0x80012345", "proc.c:1200", "a1234", "1234a", "x_1234", "0.12345", "1,234,567",
                             "00001234", "12345678901234567890123"}) {
        EXPECT_EQ(with_commas_in(name), name);
    }
}

TEST_F(GuestWindow, numbers_have_commas_wherever_they_stand) {
    start_two();
    StillWindow window(*session_);
    const auto table = debugger::make_view(*session_, "metrics");
    ASSERT_GT(*table->rows[0].cells[2].value, 1'000);
    const std::string arrived = with_commas(static_cast<uint64_t>(*table->rows[0].cells[2].value));
    EXPECT_NE(window.value("process.1.cycles").find(','), std::string::npos);
    EXPECT_EQ(window.value("process.1.pid"), "1");
    window.click("processes.tab.metrics");
    EXPECT_EQ(window.value("view.metrics.0.arrived"), arrived);
    EXPECT_EQ(window.value("view.metrics"), with_commas_in(table->note));
    window.press("Ctrl+G");
    window.type("654321");
    window.press("Enter");
    EXPECT_TRUE(window.value("status.sentence").starts_with("at cycle 654,321"))
        << window.value("status.sentence");
}

TEST_F(GuestWindow, metrics_name_their_unit) {
    StillWindow window(*session_);
    window.press("Ctrl+4");
    EXPECT_EQ(window.value("panel.metrics"), "in cycles");
    EXPECT_EQ(window.value("panel.queue"), "in cycles");
}

TEST(BookClock, is_named_where_its_numbers_stand) {
    debugger::SessionOptions options = guest_options();
    options.machine.clock = Clock::book;
    const auto session = debugger::Session::create(options);
    ASSERT_TRUE(session);
    StillWindow window(**session);
    window.press("Ctrl+4");
    EXPECT_NE(window.value("panel.metrics").find("book clock"), std::string::npos);
    EXPECT_NE(window.value("panel.queue").find("book clock"), std::string::npos);
    window.click("metrics.tab.processes");
    EXPECT_NE(window.value("panel.metrics").find("book clock"), std::string::npos);
}

// ---- source ----

TEST_F(GuestWindow, operands_never_touch_their_mnemonic) {
    const uint32_t kernel_code = session_->kernel()->find_symbol("process_set_state")->address;
    const debugger::CodeView code = debugger::code_view(
        *session_, {.address = kernel_code, .instructions_before = 2000, .instructions_after = 2000});
    const auto long_one = std::ranges::find_if(code.rows, [](const debugger::CodeRow& row) {
        return row.kind == debugger::CodeRowKind::instruction && row.tokens.front().text.size() >= 7 &&
               row.tokens.size() > 1;
    });
    ASSERT_NE(long_one, code.rows.end());
    StillWindow window(*session_);
    window.press("Ctrl+P");
    window.type(fmt::format("0x{:x}", long_one->address));
    window.press("Enter");
    size_t long_ones = 0;
    for (const Widget& mnemonic : window.widgets().all()) {
        constexpr std::string_view kId = "source.mnemonic.";
        if (!mnemonic.id.starts_with(kId)) continue;
        const Widget* operand = window.widgets().find("source.operand." + mnemonic.id.substr(kId.size()));
        if (operand == nullptr) continue;
        const float letter = (mnemonic.right - mnemonic.left) / static_cast<float>(mnemonic.value.size());
        EXPECT_GE(operand->left, mnemonic.right + letter * 0.9f) << mnemonic.value << operand->value;
        long_ones += mnemonic.value.size() >= 7 ? 1 : 0;
    }
    EXPECT_GT(long_ones, 0u) << "none is in sight: nothing was tested";
}

TEST_F(GuestWindow, a_breakpoint_is_passed_while_it_is_off) {
    start_two();
    StillWindow window(*session_);
    const auto show_swtch = [&] {
        window.settle();
        window.press("Ctrl+P");
        window.type("swtch");
        window.press("Enter");
    };
    show_swtch();
    const uint32_t swtch = session_->kernel()->find_symbol("swtch")->address;
    const std::string gutter = fmt::format("source.gutter.0x{:08x}", swtch);
    window.click(gutter, 1);
    EXPECT_EQ(window.value(gutter), "") << "there is none to be passed";
    window.click(gutter);
    EXPECT_EQ(window.value(gutter), "breakpoint");
    window.click(gutter, 1);
    EXPECT_EQ(window.value(gutter), "breakpoint, off");
    run_for(100'000);
    EXPECT_NE(session_->last_stop().cause, debugger::StopCause::breakpoint);
    show_swtch();
    window.click(gutter, 1);
    EXPECT_EQ(window.value(gutter), "breakpoint");
    run_for(100'000);
    EXPECT_EQ(session_->last_stop().cause, debugger::StopCause::breakpoint);
    EXPECT_EQ(session_->machine().cpu(0).pc, swtch);
    window.settle();
    window.press("Shift+F9");
    EXPECT_EQ(window.value(gutter), "breakpoint, off") << "the one where the CPU stands";
}

TEST_F(GuestWindow, the_list_of_breakpoints_turns_them_off_and_on) {
    start_two();
    const auto id = session_->add_breakpoint("swtch");
    ASSERT_TRUE(id);
    StillWindow window(*session_);
    window.press("Ctrl+2");
    window.click("stack.tab.breakpoints");
    const std::string sign = fmt::format("breakpoint.{}", *id);
    EXPECT_EQ(window.value(sign), "on");
    window.click(sign);
    EXPECT_EQ(window.value(sign), "off");
    EXPECT_FALSE(session_->breakpoints()[0].enabled);
    window.click(sign);
    EXPECT_TRUE(session_->breakpoints()[0].enabled);
    const auto wrong = debugger::command(debugger::CommandId::enable_breakpoint).action(*session_, "77");
    ASSERT_FALSE(wrong);
    EXPECT_NE(wrong.error().message.find("77"), std::string::npos);
}

// ---- policy ----

TEST_F(GuestWindow, the_policy_is_a_command_too) {
    StillWindow window(*session_);
    const std::vector<debugger::Policy> policies = debugger::policies(*session_);
    ASSERT_GT(policies.size(), 2u);
    window.press("Ctrl+Shift+P");
    window.type("scheduling policy");
    window.press("Enter");
    window.type(policies.back().name);
    window.press("Enter");
    EXPECT_EQ(policy_switch(*session_), policies.back().number);
    const debugger::Command& command = debugger::command(debugger::CommandId::policy);
    ASSERT_TRUE(command.action(*session_, ""));
    EXPECT_EQ(policy_switch(*session_), policies.front().number) << "the next one, round and round";
    ASSERT_TRUE(command.action(*session_, ""));
    EXPECT_EQ(policy_switch(*session_), policies[1].number);
    const auto wrong = command.action(*session_, "nonsense");
    ASSERT_FALSE(wrong);
    EXPECT_NE(wrong.error().message.find(policies[2].name), std::string::npos);
}

// ---- address spaces ----

TEST_F(GuestWindow, the_memory_layout_shows_what_an_address_space_consists_of) {
    start_two();
    StillWindow window(*session_);
    window.press("Ctrl+3");
    window.click("walk.tab.regions");
    EXPECT_EQ(window.value("view.regions.0.what"), "code");
    const uint32_t begin = number(window.value("view.regions.0.from"));
    const uint32_t end = number(window.value("view.regions.0.to"));
    const uint32_t main = session_->program("spin")->find_symbol("main")->address;
    EXPECT_TRUE(main >= begin && main < end);
    window.frames(30);  // no double click
    window.click("walk.tab.spaces");
    size_t spaces = 0;
    while (window.widgets().find(fmt::format("view.spaces.{}.resident", spaces)) != nullptr) spaces++;
    EXPECT_EQ(spaces, 4u) << "init, the shell, and two that spin";
}

TEST_F(GuestWindow, the_map_of_memory_says_whose_each_page_is) {
    start_two();
    StillWindow window(*session_);
    window.press("Ctrl+3");
    const debugger::PageMap map = debugger::page_map(*session_);
    size_t pages = 0;
    for (const debugger::PageOwner& owner : map.owners) {
        const std::string shown = window.value("page-map.owner." + owner.name);
        EXPECT_EQ(shown, std::to_string(owner.pages)) << owner.name;
        pages += owner.pages;
    }
    EXPECT_EQ(pages, session_->machine().config().ram_bytes / 4096);
    const Widget squares = *window.widgets().find("page-map");
    window.click_at(squares.left + 2, squares.top + 2);
    EXPECT_NE(window.widgets().find("memory.80000000"), nullptr) << "a click shows the page's bytes";
    // In a small window all squares are still in sight, smaller.
    window.resize(700, 500);
    window.frames(3);
    window.press("Ctrl+3");
    EXPECT_NE(window.widgets().find("page-map.owner.free"), nullptr);
}

TEST_F(GuestWindow, the_map_of_an_address_space_leads_to_the_pages_of_memory) {
    start_two();
    while (!session_->in_user_mode(0)) {
        session_->start(debugger::Motion::step_instruction);
        session_->finish();
    }
    StillWindow window(*session_);
    window.press("Ctrl+3");
    const debugger::AddressMap map = debugger::address_map(*session_, 0);
    ASSERT_TRUE(map.message.empty()) << map.message;
    EXPECT_EQ(map.process.substr(2), "spin");
    EXPECT_EQ(map.areas.front().name, "code");
    EXPECT_EQ(map.areas.back().name, "stack");
    const uint32_t pc = session_->machine().cpu(0).pc;
    const auto physical = session_->machine().physical_address(session_->machine().cpu(0).ptbr, pc);
    const debugger::AddressArea& code = map.areas.front();
    const size_t page = (pc - code.first) / 4096;
    ASSERT_LT(page, code.pages.size());
    EXPECT_EQ(code.pages[page].physical, *physical & ~4095u);
    for (const debugger::AddressArea& area : map.areas) {
        const auto resident = std::ranges::count_if(
            area.pages, [](const debugger::AddressPage& p) { return p.physical.has_value(); });
        const std::string words = window.value(fmt::format("address-map.{:08x}", area.first));
        EXPECT_NE(words.find(fmt::format("{}: {} of {} pages", area.name, resident, area.pages.size())),
                  std::string::npos)
            << words;
    }
    // The pointer on the last square, the stack's top page, marks that page in the map of memory.
    const Widget stack = *window.widgets().find("address-map.7ffff000");
    window.move_to(stack.left + 3, stack.bottom - 6);
    window.frames(2);
    const std::string marked = window.value("page-map.marked");
    EXPECT_NE(marked.find(fmt::format("0x{:08X}", *map.areas.back().pages[0].physical)), std::string::npos)
        << marked;
    EXPECT_NE(marked.find("spin at 0x7FFFF000"), std::string::npos) << marked;
}

// ---- terminal ----

TEST_F(GuestWindow, a_long_line_is_folded_so_that_all_of_it_can_be_seen) {
    const std::string words(150, 'p');
    session_->type("echo " + words + "\n");
    run_for(3'000'000);
    WindowOptions options;
    options.width = 900;
    options.height = 600;
    StillWindow window(*session_, options);
    const debugger::TerminalView view = debugger::terminal_view(*session_);
    const auto found = std::ranges::find(view.lines, words, &debugger::TerminalLine::text);
    ASSERT_NE(found, view.lines.end());
    const auto index = found - view.lines.begin();
    const Widget folded = *window.widgets().find(fmt::format("terminal.line.{}", index));
    const Widget prompt = *window.widgets().find(fmt::format("terminal.line.{}", view.cursor_line));
    const float row = prompt.bottom - prompt.top;
    EXPECT_GE(folded.bottom - folded.top, 2 * row);
    EXPECT_GE(prompt.top, folded.bottom) << "the lines below have moved down";
    // A double click on a letter of the last row goes to the moment at which it was sent.
    for (int i = 0; i < 2; i++) window.click_at(folded.left + row, folded.bottom - row / 2);
    const uint64_t now = session_->timeline().cursor();
    const auto sent = std::ranges::find(found->cycles, now);
    ASSERT_NE(sent, found->cycles.end()) << "t = " << now;
    EXPECT_GT(sent - found->cycles.begin(), 75);
}

TEST_F(GuestWindow, the_scheduling_layout_has_80_columns_of_terminal_on_a_large_screen) {
    WindowOptions options;
    options.width = 1920;
    options.height = 1080;
    options.layout = "scheduling";
    session_->type("echo " + std::string(80, 'p') + "\n");
    run_for(3'000'000);
    StillWindow window(*session_, options);
    for (const Widget& line : window.widgets().all()) {
        if (!line.id.starts_with("terminal.line.") || line.value != std::string(80, 'p')) continue;
        const Widget prompt = *window.widgets().find(
            fmt::format("terminal.line.{}", window.window().model().terminal.cursor_line));
        EXPECT_EQ(line.bottom - line.top, prompt.bottom - prompt.top);
        return;
    }
    FAIL() << "no such line";
}

// ---- timeline ----

TEST_F(GuestWindow, the_timeline_says_whether_it_shows_everything) {
    start_two();
    StillWindow window(*session_);
    TimelineView& chart = window.window().view().chart;
    chart.follow = false;
    chart.end = session_->timeline().frontier();
    chart.begin = chart.end - 30'000;  // three time slices
    window.settle();
    EXPECT_TRUE(window.window().model().chart.exact);
    EXPECT_EQ(window.value("timeline.promise"), "all shown");
    run_for(60'000'000);
    window.press("f");
    EXPECT_FALSE(window.window().model().chart.exact);
    EXPECT_EQ(window.value("timeline.promise"), "some folded");
    debugger::Chart forgetful;
    forgetful.complete_since = 1'000;
    EXPECT_EQ(promise_of(forgetful, 999), "some gone");
    EXPECT_EQ(promise_of(forgetful, 1'000), "all shown");
}

TEST_F(GuestWindow, a_bar_of_a_future_that_is_gone_is_not_described) {
    start_two();
    StillWindow window(*session_);
    const uint64_t end = session_->timeline().frontier();
    const uint64_t birth = session_->events().processes().back().birth_cycle;
    session_->seek(birth - 1'000);  // the process that is made then still has its row
    window.settle();
    TimelineView& chart = window.window().view().chart;
    chart.follow = false;
    chart.begin = birth - 2'000;
    chart.end = birth + 20'000;
    window.settle();
    const Widget* row = window.widgets().find("timeline.4 sh");  // so it will begin
    ASSERT_NE(row, nullptr);
    window.move_to(row->right - (row->right - row->left) * 0.1f, row->centre_y());
    ASSERT_NE(window.window().model().chart_sentence, "");
    window.press("Ctrl+`");
    window.type("x");
    EXPECT_LT(session_->timeline().frontier(), end);
    EXPECT_EQ(window.widgets().find("timeline.4 sh"), nullptr);
    EXPECT_EQ(window.window().model().chart_sentence, "");
    expect_claims_to_be_true(window.widgets(), *session_);
}

TEST_F(GuestWindow, what_the_log_has_not_is_not_described) {
    start_two();
    Wishes wishes;
    wishes.chart_query = {.begin = 0, .end = 2'000'000, .pixels = 100'000, .now = 2'000'000};
    Model model;
    ModelReader().read(*session_, wishes, true, true, model);
    const debugger::Chart chart = model.chart;
    for (const debugger::ChartRow& row : chart.rows) {
        ASSERT_FALSE(row.bars.empty()) << row.label;
        for (const bool kernel : {false, true}) {
            const auto bar = std::ranges::find(row.bars, kernel, &debugger::ChartBar::kernel);
            if (bar == row.bars.end()) continue;
            const auto sentence = [&](debugger::ChartRow of_row, debugger::ChartBar of_bar) {
                wishes.chart_bar = {std::move(of_row), of_bar};
                ModelReader().read(*session_, wishes, true, true, model);
                return model.chart_sentence;
            };
            EXPECT_NE(sentence({row.kind, row.index, row.label, {}}, *bar), "");
            EXPECT_EQ(sentence({row.kind, row.index + 1'000, row.label, {}}, *bar), "");
            debugger::ChartBar another = *bar;
            another.index += 1'000'000;
            EXPECT_EQ(sentence({row.kind, row.index, row.label, {}}, another), "");
        }
    }
}

// ---- a lens with a mistake ----

TEST(BadLens, is_shown_with_its_caret_below_the_mistake) {
    const std::filesystem::path share =
        std::filesystem::temp_directory_path() / fmt::format("peach-bad-lens-{}", getpid());
    std::filesystem::create_directories(share / "lenses");
    const std::vector<std::byte> lens = read_file(share_directory() / "lenses" / "peachos.lens");
    std::string text(reinterpret_cast<const char*>(lens.data()), lens.size());
    text.replace(text.find("= p.pid"), 7, "= p.pidd");
    std::ofstream(share / "lenses" / "bad.lens") << text;
    debugger::SessionOptions options = guest_options();
    options.share_directory = share;
    const auto session = debugger::Session::create(options);
    std::filesystem::remove_all(share);
    ASSERT_TRUE(session);
    ASSERT_NE((*session)->lens_message(), "");
    StillWindow window(**session);
    // In a font of code every letter has the same width: what stands below another letter is its mark.
    float letter = 0;
    bool caret = false;
    for (const Widget& widget : window.widgets().all()) {
        if (!widget.id.starts_with("message.") || widget.value.empty()) continue;
        const float width = (widget.right - widget.left) / static_cast<float>(widget.value.size());
        if (letter == 0) letter = width;
        EXPECT_NEAR(width, letter, 0.01f) << widget.value;
        caret = caret || widget.value.find_first_not_of(" ~") == widget.value.find('^');
    }
    EXPECT_TRUE(caret);
}

}  // namespace
}  // namespace peach::gui::testing
