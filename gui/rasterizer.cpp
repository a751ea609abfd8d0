#include "gui/rasterizer.h"

#include <cmath>

namespace peach::gui {

namespace {

constexpr int kSubpixelBits = 8;
constexpr int64_t kSubpixel = 1 << kSubpixelBits;
constexpr int64_t kHalf = kSubpixel / 2;

// 0xAABBGGRR to the surface's 0xFFRRGGBB.
uint32_t surface_colour(uint32_t colour) {
    return 0xFF000000 | (colour & 0xFF) << 16 | (colour & 0xFF00) | (colour >> 16 & 0xFF);
}

uint32_t alpha_of(uint32_t colour) {
    return colour >> 24;
}

// `weight` from 0 (keep what is there) to 256 (replace it). Red and blue share one multiplication.
uint32_t blended(uint32_t below, uint32_t above, uint32_t weight) {
    const uint32_t keep = 256 - weight;
    const uint32_t red_blue = ((below & 0xFF00FF) * keep + (above & 0xFF00FF) * weight) >> 8 & 0xFF00FF;
    const uint32_t green = ((below & 0x00FF00) * keep + (above & 0x00FF00) * weight) >> 8 & 0x00FF00;
    return 0xFF000000 | red_blue | green;
}

// 0..255 to 0..256, so that 255 means all of it.
uint32_t weight_of(uint32_t alpha) {
    return alpha + (alpha >> 7);
}

void fill_span(uint32_t* pixels, int count, uint32_t colour, uint32_t weight) {
    if (weight == 256) {
        for (int i = 0; i < count; i++) pixels[i] = colour;
    } else {
        for (int i = 0; i < count; i++) pixels[i] = blended(pixels[i], colour, weight);
    }
}

// Far outside any window; keeps the products below within 64 bits.
constexpr double kFarthest = 1e6;

int64_t to_subpixels(float value) {
    return std::llround(std::clamp(static_cast<double>(value), -kFarthest, kFarthest) * kSubpixel);
}

// The first pixel whose centre is at or after `position`.
int first_centre(int64_t position) {
    return static_cast<int>((position - kHalf + kSubpixel - 1) >> kSubpixelBits);
}

int64_t floor_divide(int64_t dividend, int64_t divisor) {  // divisor > 0
    return dividend >= 0 ? dividend / divisor : -((-dividend + divisor - 1) / divisor);
}

int64_t ceil_divide(int64_t dividend, int64_t divisor) {
    return -floor_divide(-dividend, divisor);
}

struct Point {
    int64_t x;
    int64_t y;
};

int64_t cross(const Point& a, const Point& b, const Point& c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

// w(x, y) = x_step * x + y_step * y + constant over pixel numbers; a pixel is inside where w >= 0.
struct Edge {
    int64_t x_step;
    int64_t y_step;
    int64_t constant;

    Edge(const Point& from, const Point& to) {
        const int64_t dx = to.x - from.x;
        const int64_t dy = to.y - from.y;
        x_step = -dy * kSubpixel;
        y_step = dx * kSubpixel;
        constant = dx * (kHalf - from.y) - dy * (kHalf - from.x);
        const bool owns_its_points = dy < 0 || (dy == 0 && dx > 0);  // a left or a top edge
        if (!owns_its_points) constant -= 1;
    }

    int64_t at(int y) const { return y_step * y + constant; }

    // Shrinks the span of pixels [left, right) of one row to the part inside the edge.
    void clip(int y, int& left, int& right) const {
        const int64_t row = at(y);
        if (x_step > 0) {
            left = static_cast<int>(std::clamp<int64_t>(ceil_divide(-row, x_step), left, right));
        } else if (x_step < 0) {
            right = static_cast<int>(std::clamp<int64_t>(floor_divide(row, -x_step) + 1, left, right));
        } else if (row < 0) {
            right = left;
        }
    }
};

// One colour channel as a plane over the triangle: exact at the pixel, wherever a span starts.
struct Channel {
    double at_origin;
    double x_step;
    double y_step;

    Channel(const std::array<Point, 3>& p, const std::array<uint32_t, 3>& colours, int shift, int64_t area) {
        const auto value = [&](int i) {
            return static_cast<double>(colours[static_cast<size_t>(i)] >> shift & 0xFF);
        };
        const double v0 = value(0);
        const double d1 = value(1) - v0;
        const double d2 = value(2) - v0;
        const double scale = static_cast<double>(kSubpixel) / static_cast<double>(area);
        x_step =
            (d1 * static_cast<double>(p[2].y - p[0].y) - d2 * static_cast<double>(p[1].y - p[0].y)) * scale;
        y_step =
            (d2 * static_cast<double>(p[1].x - p[0].x) - d1 * static_cast<double>(p[2].x - p[0].x)) * scale;
        at_origin = v0 + x_step * static_cast<double>(kHalf - p[0].x) / kSubpixel +
                    y_step * static_cast<double>(kHalf - p[0].y) / kSubpixel;
    }

    uint32_t at(int x, int y) const {
        const double value = at_origin + x_step * x + y_step * y + 0.5;
        return value <= 0 ? 0 : value >= 255 ? 255 : static_cast<uint32_t>(value);
    }
};

struct SolidPaint {
    uint32_t colour;
    uint32_t weight;

    void span(uint32_t* row, int /*y*/, int left, int right) const {
        fill_span(row + left, right - left, colour, weight);
    }
};

// The soft border that ImGui draws around smooth shapes: one colour, fading.
struct FadingPaint {
    uint32_t colour;
    Channel alpha;

    void span(uint32_t* row, int y, int left, int right) const {
        for (int x = left; x < right; x++) row[x] = blended(row[x], colour, weight_of(alpha.at(x, y)));
    }
};

struct ShadedPaint {
    Channel red, green, blue, alpha;

    void span(uint32_t* row, int y, int left, int right) const {
        for (int x = left; x < right; x++) {
            const uint32_t colour = red.at(x, y) << 16 | green.at(x, y) << 8 | blue.at(x, y);
            row[x] = blended(row[x], colour, weight_of(alpha.at(x, y)));
        }
    }
};

template <typename Paint>
void paint_triangle(Surface& surface, const PixelRect& area, const std::array<Point, 3>& p,
                    const Paint& paint) {
    const Edge edges[3] = {Edge(p[0], p[1]), Edge(p[1], p[2]), Edge(p[2], p[0])};
    for (int y = area.top; y < area.bottom; y++) {
        int left = area.left;
        int right = area.right;
        for (const Edge& edge : edges) edge.clip(y, left, right);
        if (left < right) paint.span(surface.row(y), y, left, right);
    }
}

}  // namespace

PixelRect touched_pixels(float left, float top, float right, float bottom) {
    return {first_centre(to_subpixels(left)), first_centre(to_subpixels(top)),
            first_centre(to_subpixels(right)), first_centre(to_subpixels(bottom))};
}

void fill_rect(Surface& surface, const PixelRect& clip, float left, float top, float right, float bottom,
               uint32_t colour) {
    const PixelRect area = intersection(touched_pixels(left, top, right, bottom), clip);
    if (area.empty() || alpha_of(colour) == 0) return;
    const uint32_t above = surface_colour(colour);
    const uint32_t weight = weight_of(alpha_of(colour));
    for (int y = area.top; y < area.bottom; y++) {
        fill_span(surface.row(y) + area.left, area.right - area.left, above, weight);
    }
}

void fill_glyph(Surface& surface, const PixelRect& clip, const CoverageTexture& texture,
                const TexturedRect& rect, uint32_t colour) {
    const PixelRect area = intersection(touched_pixels(rect.left, rect.top, rect.right, rect.bottom), clip);
    if (area.empty() || rect.right <= rect.left || rect.bottom <= rect.top) return;
    // Texels are stepped in 1/65536: glyphs are drawn at the size they were made for, so a step is one texel.
    const auto fixed = [](float value) { return std::llround(static_cast<double>(value) * 65536); };
    const int64_t u_step = fixed((rect.u_right - rect.u_left) / (rect.right - rect.left));
    const int64_t v_step = fixed((rect.v_bottom - rect.v_top) / (rect.bottom - rect.top));
    const int64_t u_start = fixed(rect.u_left + (0.5f - rect.left) * static_cast<float>(u_step) / 65536);
    const int64_t v_start = fixed(rect.v_top + (0.5f - rect.top) * static_cast<float>(v_step) / 65536);
    const uint32_t above = surface_colour(colour);
    const uint32_t alpha = weight_of(alpha_of(colour));
    for (int y = area.top; y < area.bottom; y++) {
        const int64_t v = std::clamp<int64_t>((v_start + v_step * y) >> 16, 0, texture.height - 1);
        const uint8_t* texels = texture.texels + v * texture.width;
        uint32_t* row = surface.row(y);
        for (int x = area.left; x < area.right; x++) {
            const int64_t u = std::clamp<int64_t>((u_start + u_step * x) >> 16, 0, texture.width - 1);
            const uint32_t coverage = texels[u];
            if (coverage != 0) row[x] = blended(row[x], above, weight_of(coverage * alpha >> 8));
        }
    }
}

void fill_triangle(Surface& surface, const PixelRect& clip, const std::array<Vertex, 3>& corners) {
    std::array<Point, 3> p;
    std::array<uint32_t, 3> colours;
    for (size_t i = 0; i < 3; i++) {
        p[i] = {to_subpixels(corners[i].x), to_subpixels(corners[i].y)};
        colours[i] = corners[i].colour;
    }
    int64_t area = cross(p[0], p[1], p[2]);
    if (area == 0) return;
    if (area < 0) {
        std::swap(p[1], p[2]);
        std::swap(colours[1], colours[2]);
        area = -area;
    }
    const auto [left, right] = std::minmax({p[0].x, p[1].x, p[2].x});
    const auto [top, bottom] = std::minmax({p[0].y, p[1].y, p[2].y});
    const PixelRect box = intersection(
        {first_centre(left), first_centre(top), first_centre(right) + 1, first_centre(bottom) + 1}, clip);
    if (box.empty()) return;
    const bool one_alpha =
        alpha_of(colours[0]) == alpha_of(colours[1]) && alpha_of(colours[0]) == alpha_of(colours[2]);
    const bool one_tint =
        ((colours[0] ^ colours[1]) & 0xFFFFFF) == 0 && ((colours[0] ^ colours[2]) & 0xFFFFFF) == 0;
    if (one_tint && one_alpha) {
        paint_triangle(surface, box, p,
                       SolidPaint{surface_colour(colours[0]), weight_of(alpha_of(colours[0]))});
    } else if (one_tint) {
        paint_triangle(surface, box, p,
                       FadingPaint{surface_colour(colours[0]), Channel(p, colours, 24, area)});
    } else {
        paint_triangle(surface, box, p,
                       ShadedPaint{Channel(p, colours, 0, area), Channel(p, colours, 8, area),
                                   Channel(p, colours, 16, area), Channel(p, colours, 24, area)});
    }
}

}  // namespace peach::gui
