// What a shape does to single pixels.

#include "gui/rasterizer.h"

#include <gtest/gtest.h>

#include <random>

namespace peach::gui {
namespace {

constexpr uint32_t kWhite = 0xFFFFFFFF;
constexpr uint32_t kBlack = 0xFF000000;

TEST(Rasterizer, a_rectangle_covers_the_pixels_whose_centres_it_holds) {
    Surface surface(6, 4);
    fill_rect(surface, surface.bounds(), 1, 1, 4, 3, kWhite);
    for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 6; x++) {
            const bool inside = x >= 1 && x < 4 && y >= 1 && y < 3;
            EXPECT_EQ(surface.row(y)[x], inside ? kWhite : kBlack) << x << "," << y;
        }
    }
}

TEST(Rasterizer, colours_keep_their_channels) {
    Surface surface(1, 1);
    fill_rect(surface, surface.bounds(), 0, 0, 1, 1, 0xFF332211);  // ImGui: alpha, blue, green, red
    EXPECT_EQ(surface.row(0)[0], 0xFF112233u);
}

TEST(Rasterizer, half_transparent_white_on_black_is_grey) {
    Surface surface(1, 1);
    fill_rect(surface, surface.bounds(), 0, 0, 1, 1, 0x80FFFFFF);
    const uint32_t grey = surface.row(0)[0] & 0xFF;
    EXPECT_NEAR(grey, 128, 2);
    EXPECT_EQ(surface.row(0)[0], 0xFF000000 | grey << 16 | grey << 8 | grey);
}

TEST(Rasterizer, triangles_that_share_an_edge_neither_overlap_nor_leave_a_gap) {
    std::mt19937 random(11);
    for (int round = 0; round < 200; round++) {
        Surface surface(32, 32);
        const auto coordinate = [&] { return static_cast<float>(random() % 3200) / 100; };
        const float split_top = coordinate();
        const float split_bottom = coordinate();
        // A square of two halves, each of two triangles; half transparent, so that a double touch shows.
        const auto quad = [&](float a, float b, float c, float d) {
            fill_triangle(surface, surface.bounds(),
                          {{{a, 0, 0x80FFFFFF}, {b, 0, 0x80FFFFFF}, {c, 32, 0x80FFFFFF}}});
            fill_triangle(surface, surface.bounds(),
                          {{{a, 0, 0x80FFFFFF}, {c, 32, 0x80FFFFFF}, {d, 32, 0x80FFFFFF}}});
        };
        quad(0, split_top, split_bottom, 0);
        quad(split_top, 32, 32, split_bottom);
        for (const uint32_t pixel : surface.pixels) ASSERT_EQ(pixel, surface.pixels[0]) << "round " << round;
        ASSERT_NE(surface.pixels[0], kBlack);
    }
}

TEST(Rasterizer, clipping_takes_pixels_away_and_changes_none) {
    std::mt19937 random(12);
    for (int round = 0; round < 300; round++) {
        Surface whole(48, 48);
        Surface pieces(48, 48);
        const auto coordinate = [&] {
            return static_cast<float>(static_cast<int>(random() % 9600) - 2400) / 100;
        };
        std::array<Vertex, 3> corners;
        for (Vertex& corner : corners) corner = {coordinate(), coordinate(), static_cast<uint32_t>(random())};
        fill_triangle(whole, whole.bounds(), corners);
        const int x = static_cast<int>(random() % 49);
        const int y = static_cast<int>(random() % 49);
        for (const PixelRect& clip : {PixelRect{0, 0, x, y}, PixelRect{x, 0, 48, y}, PixelRect{0, y, x, 48},
                                      PixelRect{x, y, 48, 48}}) {
            fill_triangle(pieces, clip, corners);
        }
        ASSERT_EQ(whole.pixels, pieces.pixels) << "round " << round;
    }
}

TEST(Rasterizer, a_triangle_fades_between_its_corners) {
    Surface surface(100, 100);
    fill_triangle(surface, surface.bounds(),
                  {{{0, 0, 0x00FFFFFF}, {100, 0, 0xFFFFFFFF}, {100, 100, 0xFFFFFFFF}}});
    uint32_t last = 0;
    for (int x = 0; x < 100; x++) {
        const uint32_t grey = surface.row(0)[x] & 0xFF;
        EXPECT_GE(grey, last);
        EXPECT_NEAR(grey, (x + 0.5) * 2.55, 3);
        last = grey;
    }
}

TEST(Rasterizer, a_glyph_is_copied_texel_for_texel) {
    const uint8_t texels[] = {0, 255, 128, 0, 255, 255, 0, 64, 0};
    Surface surface(5, 5);
    fill_glyph(surface, surface.bounds(), {texels, 3, 3}, {1, 1, 4, 4, 0, 0, 3, 3}, kWhite);
    for (int y = 0; y < 3; y++) {
        for (int x = 0; x < 3; x++) {
            EXPECT_NEAR(surface.row(y + 1)[x + 1] & 0xFF, texels[y * 3 + x], 1) << x << "," << y;
        }
    }
}

TEST(Rasterizer, wild_coordinates_do_no_harm) {
    Surface surface(16, 16);
    const float far = 1e30f;
    fill_triangle(surface, surface.bounds(), {{{-far, -far, kWhite}, {far, -far, kWhite}, {0, far, kWhite}}});
    fill_rect(surface, surface.bounds(), -far, -far, far, far, kWhite);
    EXPECT_EQ(surface.row(8)[8], kWhite);
}

}  // namespace
}  // namespace peach::gui
