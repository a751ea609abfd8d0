#pragma once
// A picture in memory: the ground that the software renderer paints on.
//
// One pixel is 0xFFRRGGBB (the byte order of an XRGB8888 window surface on a little-endian host), rows from
// the top, no padding between rows.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace peach::gui {

// Half-open: the pixel (right, bottom) is the first one outside.
struct PixelRect {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;

    bool empty() const { return left >= right || top >= bottom; }
    bool operator==(const PixelRect&) const = default;
};

inline PixelRect intersection(const PixelRect& a, const PixelRect& b) {
    return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
            std::min(a.bottom, b.bottom)};
}

struct Surface {
    int width = 0;
    int height = 0;
    std::vector<uint32_t> pixels;

    Surface() = default;
    Surface(int width_pixels, int height_pixels)
        : width(width_pixels),
          height(height_pixels),
          pixels(static_cast<size_t>(width_pixels) * static_cast<size_t>(height_pixels), 0xFF000000) {}

    uint32_t* row(int y) { return pixels.data() + static_cast<size_t>(y) * static_cast<size_t>(width); }
    const uint32_t* row(int y) const {
        return pixels.data() + static_cast<size_t>(y) * static_cast<size_t>(width);
    }
    PixelRect bounds() const { return {0, 0, width, height}; }
};

}  // namespace peach::gui
