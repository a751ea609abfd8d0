// Nothing that a person does is lost between two frames.

#include "gui/input.h"

#include <gtest/gtest.h>
#include <imgui.h>

namespace peach::gui {
namespace {

class Input : public ::testing::Test {
  protected:
    ImGuiIO io_;
    InputQueue queue_;
};

TEST_F(Input, a_click_within_one_frame_takes_two) {
    queue_.push(PointerMoved{10, 20});
    queue_.push(ButtonEdge{0, true});
    queue_.push(ButtonEdge{0, false});
    queue_.begin_frame(io_);
    EXPECT_TRUE(io_.MouseDown[0]);
    EXPECT_EQ(io_.MousePos.x, 10);
    EXPECT_TRUE(queue_.pending());
    queue_.begin_frame(io_);
    EXPECT_FALSE(io_.MouseDown[0]);
    EXPECT_FALSE(queue_.pending());
}

TEST_F(Input, a_click_lands_where_the_pointer_was_then) {
    queue_.push(PointerMoved{10, 20});
    queue_.push(ButtonEdge{0, true});
    queue_.push(PointerMoved{300, 20});
    queue_.begin_frame(io_);
    EXPECT_EQ(io_.MousePos.x, 10);
    queue_.begin_frame(io_);
    EXPECT_EQ(io_.MousePos.x, 300);
}

TEST_F(Input, movements_and_wheel_turns_add_up) {
    for (int i = 1; i <= 5; i++) queue_.push(PointerMoved{static_cast<float>(i), 0});
    for (int i = 0; i < 4; i++) queue_.push(WheelTurned{0, 1});
    queue_.begin_frame(io_);
    EXPECT_EQ(io_.MousePos.x, 5);
    EXPECT_EQ(io_.MouseWheel, 4);
    queue_.begin_frame(io_);
    EXPECT_EQ(io_.MouseWheel, 0);
}

TEST_F(Input, a_key_tapped_twice_within_a_frame_counts_twice) {
    for (int i = 0; i < 2; i++) {
        queue_.push(KeyEdge{'n', true, {}});
        queue_.push(KeyEdge{'n', false, {}});
    }
    size_t presses = 0;
    for (int frame = 0; frame < 10 && queue_.pending(); frame++) presses += queue_.begin_frame(io_).size();
    EXPECT_EQ(presses, 2u);
    EXPECT_FALSE(queue_.pending());
}

TEST_F(Input, text_and_keys_keep_their_order) {
    queue_.push(KeyEdge{'l', true, {}});
    queue_.push(TextTyped{"l"});
    queue_.push(KeyEdge{kKeyEnter, true, {}});
    const std::vector<Typed> typed = queue_.begin_frame(io_);
    ASSERT_EQ(typed.size(), 3u);
    EXPECT_EQ(std::get<KeyEdge>(typed[0]).key, 'l');
    EXPECT_EQ(std::get<TextTyped>(typed[1]).utf8, "l");
    EXPECT_EQ(std::get<KeyEdge>(typed[2]).key, kKeyEnter);
}

}  // namespace
}  // namespace peach::gui
