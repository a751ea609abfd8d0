#include "gui/layout.h"

#include <gtest/gtest.h>

namespace peach::gui {
namespace {

Area area_of(const Layout& layout, const std::string& name) {
    for (const Layout::Panel& panel : layout.panels()) {
        if (panel.name == name) return panel.area;
    }
    ADD_FAILURE() << "no panel " << name;
    return {};
}

TEST(LayoutTest, panels_fill_the_window_and_never_overlap) {
    for (const float em : {11.0f, 15.0f, 22.0f}) {
        for (const float width : {640.0f, 1024.0f, 1600.0f, 3840.0f}) {
            Layout layout = layouts().front().make();
            layout.place({0, 50, width, width * 0.6f}, em, 6);
            ASSERT_EQ(layout.panels().size(), 7u);
            for (const Layout::Panel& a : layout.panels()) {
                EXPECT_GE(a.area.left, 0);
                EXPECT_GE(a.area.top, 50);
                EXPECT_LE(a.area.right(), width);
                EXPECT_LE(a.area.bottom(), 50 + width * 0.6f);
                for (const Layout::Panel& b : layout.panels()) {
                    EXPECT_TRUE(&a == &b || !overlap(a.area, b.area)) << a.name << " and " << b.name;
                }
            }
        }
    }
}

TEST(LayoutTest, panels_stand_on_whole_pixels) {
    Layout layout = layouts().front().make();
    layout.place({0, 0, 1599, 997}, 15, 6);
    for (const Layout::Panel& panel : layout.panels()) {
        EXPECT_EQ(panel.area.left, static_cast<int>(panel.area.left)) << panel.name;
        EXPECT_EQ(panel.area.width, static_cast<int>(panel.area.width)) << panel.name;
        EXPECT_EQ(panel.area.height, static_cast<int>(panel.area.height)) << panel.name;
    }
}

TEST(LayoutTest, a_splitter_moves_only_its_own_border) {
    Layout layout = layouts().front().make();
    layout.place({0, 0, 1600, 1000}, 15, 6);
    const Area terminal = area_of(layout, "terminal");
    const Area diagram = area_of(layout, "diagram");
    for (const Layout::Splitter& splitter : std::vector(layout.splitters())) {
        if (splitter.name == "timeline-terminal") layout.set_share(splitter.node, 0.5f);
    }
    layout.place({0, 0, 1600, 1000}, 15, 6);
    EXPECT_GT(area_of(layout, "terminal").width, terminal.width);
    EXPECT_EQ(area_of(layout, "diagram").width, diagram.width);
}

TEST(LayoutTest, a_panel_keeps_its_minimum_however_far_the_splitter_goes) {
    Layout layout = layouts().front().make();
    for (size_t node = 7; node < 13; node++) layout.set_share(node, 0.0f);
    layout.place({0, 0, 1600, 1000}, 15, 6);
    EXPECT_GE(area_of(layout, "source").width, 22 * 15);
    EXPECT_GE(area_of(layout, "timeline").width, 24 * 15);
}

TEST(LayoutTest, a_maximised_panel_has_the_window_for_itself) {
    Layout layout = layouts().front().make();
    layout.maximise("timeline");
    layout.place({0, 50, 1600, 900}, 15, 6);
    ASSERT_EQ(layout.panels().size(), 1u);
    EXPECT_EQ(layout.panels()[0].area.width, 1600);
    layout.maximise("");
    layout.place({0, 50, 1600, 900}, 15, 6);
    EXPECT_EQ(layout.panels().size(), 7u);
}

}  // namespace
}  // namespace peach::gui
