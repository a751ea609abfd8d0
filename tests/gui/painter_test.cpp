// Painting only what changed must give, pixel for pixel, the picture of painting everything.

#include <gtest/gtest.h>
#include <imgui.h>

#include <random>

#include "gui/damage_painter.h"
#include "gui/fonts.h"
#include "gui/theme.h"

namespace peach::gui {
namespace {

constexpr int kWidth = 640;
constexpr int kHeight = 400;

// A window full of things that change at random, a few at a time.
class Monkey {
  public:
    explicit Monkey(uint32_t seed) : random_(seed) {
        for (Thing& thing : things_) thing = new_thing();
    }

    void act() {
        const int changes = number(0, 3);
        for (int i = 0; i < changes; i++) things_[static_cast<size_t>(number(0, kThings - 1))] = new_thing();
        if (number(0, 5) == 0) scroll_ = static_cast<float>(number(0, 300));
        ImGui::GetIO().MousePos = {static_cast<float>(number(0, kWidth)),
                                   static_cast<float>(number(0, kHeight))};
        ImGui::GetIO().MouseDown[0] = number(0, 3) == 0;
    }

    void build() const {
        ImGui::NewFrame();
        ImGui::SetNextWindowPos({10, 10});
        ImGui::SetNextWindowSize({300, 380});
        ImGui::Begin("words", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings);
        ImGui::SetScrollY(scroll_);
        for (const Thing& thing : things_) {
            ImGui::TextColored(ImGui::ColorConvertU32ToFloat4(thing.colour), "%d is a number", thing.number);
            ImGui::SameLine();
            ImGui::SmallButton("press");
        }
        ImGui::End();
        for (const Thing& thing : things_) draw(thing);
        ImGui::Render();
    }

  private:
    struct Thing {
        int kind, number;
        ImVec2 a, b, c;
        ImU32 colour;
    };
    static constexpr int kThings = 40;

    int number(int least, int most) {
        return least + static_cast<int>(random_() % static_cast<uint32_t>(most - least + 1));
    }
    ImVec2 point() {
        return {static_cast<float>(number(-200, kWidth * 10)) / 10,
                static_cast<float>(number(-200, kHeight * 10)) / 10};
    }
    Thing new_thing() {
        return {number(0, 7), number(0, 99999), point(), point(), point(), static_cast<ImU32>(random_())};
    }
    static void draw(const Thing& thing) {
        ImDrawList& list = *ImGui::GetForegroundDrawList();
        const ImU32 colour = (thing.colour & 0x00FFFFFF) | 0x60000000;
        switch (thing.kind) {
            case 0:
                list.AddLine(thing.a, thing.b, colour, 1 + static_cast<float>(thing.number % 5));
                break;
            case 1:
                list.AddRectFilled(thing.a, thing.b, colour, static_cast<float>(thing.number % 12));
                break;
            case 2:
                list.AddCircleFilled(thing.a, static_cast<float>(thing.number % 50), colour);
                break;
            case 3:
                list.AddTriangleFilled(thing.a, thing.b, thing.c, colour);
                break;
            case 4:
                list.AddBezierQuadratic(thing.a, thing.b, thing.c, colour, 2);
                break;
            case 5:
                list.AddText(thing.a, colour, "Time runs forwards and backwards");
                break;
            case 6:
                list.AddRectFilledMultiColor(thing.a, thing.b, colour, ~colour, colour * 7, colour + 99);
                break;
            default:
                list.AddRect(thing.a, thing.b, colour, 4);
                break;
        }
    }

    std::mt19937 random_;
    Thing things_[kThings];
    float scroll_ = 0;
};

class Painter : public ::testing::Test {
  protected:
    void SetUp() override {
        context_ = ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {kWidth, kHeight};
        io.DeltaTime = 1.0f / 60;
        io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
        build_fonts(*io.Fonts, 15);
        apply(dark_theme(), 15);
        load(partly_);
        load(wholly_);
    }
    void TearDown() override { ImGui::DestroyContext(context_); }

    static void load(DamagePainter& painter) {
        unsigned char* texels = nullptr;
        int width = 0;
        int height = 0;
        ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&texels, &width, &height);
        painter.set_texture(texels, width, height);
    }

    ImGuiContext* context_ = nullptr;
    DamagePainter partly_;
    DamagePainter wholly_;
};

TEST_F(Painter, painting_the_damage_equals_painting_everything) {
    for (uint32_t seed = 1; seed <= 6; seed++) {
        Monkey monkey(seed);
        Surface damaged(kWidth, kHeight);
        Surface whole(kWidth, kHeight);
        partly_.invalidate();
        for (int frame = 0; frame < 60; frame++) {
            monkey.act();
            monkey.build();
            partly_.paint(*ImGui::GetDrawData(), damaged);
            wholly_.invalidate();
            wholly_.paint(*ImGui::GetDrawData(), whole);
            ASSERT_EQ(damaged.pixels, whole.pixels) << "seed " << seed << ", frame " << frame;
        }
    }
}

TEST_F(Painter, a_frame_like_the_last_paints_nothing) {
    Monkey monkey(7);
    Surface surface(kWidth, kHeight);
    for (int frame = 0; frame < 3; frame++) {  // ImGui takes two frames to settle
        monkey.build();
        partly_.paint(*ImGui::GetDrawData(), surface);
    }
    monkey.build();
    EXPECT_TRUE(partly_.paint(*ImGui::GetDrawData(), surface).empty());
}

TEST_F(Painter, a_small_change_paints_a_small_part) {
    Surface surface(kWidth, kHeight);
    const auto frame_with_square_at = [&](float x) {
        ImGui::NewFrame();
        ImGui::GetForegroundDrawList()->AddRectFilled({x, 40}, {x + 8, 48}, 0xFFFFFFFF);
        ImGui::Render();
        return partly_.paint(*ImGui::GetDrawData(), surface);
    };
    frame_with_square_at(100);
    frame_with_square_at(100);
    int64_t painted = 0;
    for (const PixelRect& area : frame_with_square_at(104)) {
        painted += int64_t{area.right - area.left} * (area.bottom - area.top);
    }
    EXPECT_GT(painted, 0);
    EXPECT_LT(painted, kWidth * kHeight / 20);
    EXPECT_EQ(surface.row(44)[103], 0xFF000000u);
    EXPECT_EQ(surface.row(44)[104], 0xFFFFFFFFu);
}

TEST_F(Painter, another_size_paints_everything) {
    Monkey monkey(8);
    Surface first(kWidth, kHeight);
    monkey.build();
    partly_.paint(*ImGui::GetDrawData(), first);
    Surface second(kWidth / 2 + 3, kHeight + 77);
    Surface expected(kWidth / 2 + 3, kHeight + 77);
    ImGui::GetIO().DisplaySize = {kWidth / 2 + 3, kHeight + 77};
    monkey.build();
    partly_.paint(*ImGui::GetDrawData(), second);
    wholly_.paint(*ImGui::GetDrawData(), expected);
    EXPECT_EQ(second.pixels, expected.pixels);
}

}  // namespace
}  // namespace peach::gui
