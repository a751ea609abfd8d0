// Small windows and large letters: nothing lies on anything else, and everything can still be reached.

#include <fmt/format.h>

#include <gtest/gtest.h>

#include <map>

#include "debugger/views/state_diagram.h"
#include "gui/panel_table.h"
#include "tests/gui/claims.h"
#include "tests/gui/guest_window.h"

namespace peach::gui::testing {
namespace {

struct Size {
    int width;
    int height;
    bool projector;

    WindowOptions options() const {
        WindowOptions options;
        options.width = width;
        options.height = height;
        options.projector = projector;
        return options;
    }
    std::string words() const {
        return fmt::format("{} x {}{}", width, height, projector ? ", projector" : "");
    }
};

constexpr Size kSizes[] = {{640, 400, false},  {1024, 768, true},   {1280, 720, false}, {1280, 720, true},
                           {1366, 768, false}, {1600, 1000, false}, {1920, 1080, true}};

bool overlap(const Widget& a, const Widget& b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

std::vector<Widget> widgets_named(const StillWindow& window,
                                  std::initializer_list<std::string_view> beginnings) {
    std::vector<Widget> found;
    for (const Widget& widget : window.widgets().all()) {
        for (const std::string_view beginning : beginnings) {
            if (widget.id.starts_with(beginning)) found.push_back(widget);
        }
    }
    return found;
}

void expect_no_overlap(const std::vector<Widget>& widgets) {
    for (size_t i = 0; i < widgets.size(); i++) {
        for (size_t k = i + 1; k < widgets.size(); k++)
            EXPECT_FALSE(overlap(widgets[i], widgets[k])) << widgets[i].id << " and " << widgets[k].id;
    }
}

TEST_F(GuestWindow, tokens_of_many_processes_and_their_count_never_overlap) {
    session_->type("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do spin & spin & done\n");
    run_for(40'000'000);
    for (const Size& size : kSizes) {
        SCOPED_TRACE(size.words());
        StillWindow window(*session_, size.options());
        expect_no_overlap(widgets_named(window, {"diagram.process.", "diagram.more."}));
        size_t tokens = widgets_named(window, {"diagram.process."}).size();
        for (const Widget& more : widgets_named(window, {"diagram.more."})) tokens += std::stoul(more.value);
        size_t processes = 0;
        for (const debugger::DiagramState& state : debugger::state_diagram(*session_).states)
            processes += state.processes.size();
        EXPECT_EQ(tokens, processes);
    }
}

TEST_F(GuestWindow, every_way_of_the_diagram_has_its_label_and_none_lies_on_another) {
    start_two();
    const char* states[] = {"diagram.EMBRYO",   "diagram.RUNNABLE", "diagram.RUNNING",
                            "diagram.SLEEPING", "diagram.ZOMBIE",   "diagram.UNUSED"};
    for (const Size& size : kSizes) {
        SCOPED_TRACE(size.words());
        StillWindow window(*session_, size.options());
        for (const char* layout : {"Ctrl+1", "Ctrl+4"}) {
            window.press(layout);
            std::vector<Widget> boxes = widgets_named(window, {"diagram.label."});
            if (size.width >= 1024) {
                EXPECT_EQ(boxes.size(), 8u) << layout;
            }
            for (const char* state : states) boxes.push_back(*window.widgets().find(state));
            expect_no_overlap(boxes);
        }
    }
}

TEST_F(GuestWindow, the_policy_and_the_layouts_can_be_chosen_in_every_size) {
    for (const Size& size : kSizes) {
        SCOPED_TRACE(size.words());
        StillWindow window(*session_, size.options());
        window.click("transport.policy");
        window.click("transport.policy.0");
        EXPECT_EQ(session_->machine().devices().front_panel.switches[0], 0u);
        window.click("transport.policy");
        window.click("transport.policy.1");
        EXPECT_EQ(session_->machine().devices().front_panel.switches[0], 1u);
        if (window.widgets().find("transport.layout.memory") == nullptr) window.click("transport.layout");
        window.click("transport.layout.memory");
        EXPECT_EQ(window.window().view().layout, 2u);
        const Widget policy = *window.widgets().find("transport.policy");
        const Widget badge = *window.widgets().find("transport.live");
        EXPECT_LT(policy.right, badge.left);
    }
}

TEST_F(GuestWindow, a_projector_of_1920_by_1080_has_buttons_for_the_layouts_in_the_present_and_the_past) {
    start_two();
    StillWindow window(*session_, Size{1920, 1080, true}.options());
    EXPECT_NE(window.widgets().find("transport.layout.scheduling"), nullptr);
    window.press(",");
    ASSERT_EQ(window.value("transport.when"), "past");
    ASSERT_NE(window.widgets().find("transport.layout.scheduling"), nullptr);
    EXPECT_LT(window.widgets().find("transport.layout.scheduling")->right,
              window.widgets().find("transport.live")->left);
}

TEST(ManyCpus, leave_room_for_the_processes_in_the_timeline) {
    debugger::SessionOptions options = guest_options();
    options.machine.cpu_count = 8;
    const auto session = debugger::Session::create(options);
    ASSERT_TRUE(session);
    (*session)->start(debugger::Motion::run);
    (*session)->finish(100'000'000);
    (*session)->type("spin & spin & spin &\n");
    (*session)->start(debugger::Motion::run);
    (*session)->finish(1'000'000);
    StillWindow window(**session, Size{1280, 720, false}.options());
    EXPECT_NE(window.widgets().find("timeline.CPU 7"), nullptr);
    EXPECT_LE(window.widgets().find("timeline.CPU 7")->bottom,
              window.widgets().find("timeline.promise")->top);
    std::vector<Widget> processes;
    for (const Widget& row : widgets_named(window, {"timeline."})) {
        if (std::isdigit(static_cast<unsigned char>(row.id[std::string_view("timeline.").size()])) != 0)
            processes.push_back(row);
    }
    EXPECT_GE(processes.size(), 3u);
}

// Opens a tab, as a person does: those without room are reached by the signs at the row's ends.
bool open_tab(StillWindow& window, const std::string& tab) {
    for (const Layout::Panel& panel : std::vector(window.window().layout().panels())) {
        const std::span<const Tab> tabs = tabs_of(panel.name);
        const auto found = std::ranges::find(tabs, tab, &Tab::name);
        if (found == tabs.end()) continue;
        if (tabs.size() == 1) return true;
        const std::string id = panel.name + ".tab.";
        const auto wanted = found - tabs.begin();
        for (size_t clicks = 0; clicks < tabs.size() && window.value(id + tab) != "open"; clicks++) {
            window.frames(30);  // no double click
            const auto open = std::ranges::find_if(tabs, [&](const Tab& candidate) {
                return window.value(id + std::string(candidate.name)) == "open";
            });
            const bool in_sight = window.widgets().find(id + tab) != nullptr;
            const Tab& next = in_sight ? *found : wanted < open - tabs.begin() ? *(open - 1) : *(open + 1);
            window.click(id + std::string(next.name));
        }
        return window.value(id + tab) == "open";
    }
    return false;
}

TEST_F(GuestWindow, small_windows_have_panels_of_their_own_for_each_layout) {
    start_two();
    const std::map<std::string, std::vector<std::string>> wanted = {
        {"overview", {"source", "registers", "memory", "frames", "diagram", "processes", "events"}},
        {"cpu", {"source", "registers", "frames", "memory", "walk", "breakpoints", "bookmarks"}},
        {"memory", {"walk", "memory", "regions", "spaces", "pages", "processes"}},
        {"scheduling", {"diagram", "metrics", "queue", "cpu", "processes", "events"}}};
    for (const Size& size : {Size{640, 400, false}, Size{1280, 720, true}, Size{1366, 768, true}}) {
        SCOPED_TRACE(size.words());
        StillWindow window(*session_, size.options());
        std::vector<std::vector<uint32_t>> pictures;
        for (const LayoutRow& layout : layouts()) {
            window.press(std::string(layout.key));
            window.settle();
            if (size.width < 1366) {
                EXPECT_EQ(window.window().layout().panels().size(), 4u) << layout.name;
            }
            const Surface picture = window.picture();
            pictures.emplace_back(picture.pixels.begin(), picture.pixels.end());
            for (const std::string& tab : wanted.at(std::string(layout.name)))
                EXPECT_TRUE(open_tab(window, tab)) << layout.name << ": " << tab;
        }
        for (size_t i = 0; i < pictures.size(); i++) {
            for (size_t k = i + 1; k < pictures.size(); k++) EXPECT_NE(pictures[i], pictures[k]) << i << k;
        }
    }
}

}  // namespace
}  // namespace peach::gui::testing
