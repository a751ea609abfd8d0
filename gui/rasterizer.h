#pragma once
// Fills rectangles, glyphs and triangles on a Surface.
//
// The value that a primitive gives to a pixel depends on the primitive and the pixel alone, never on the clip
// rectangle: coordinates are rounded once to 1/256 pixel and everything after that is exact integer
// arithmetic. That is what lets the renderer repaint any part of the window and get the same picture as
// painting all of it.
//
// A pixel belongs to a shape if its centre does; a centre on an edge belongs to the shape on its right or
// below. Colours are ImGui's: 0xAABBGGRR, not premultiplied.

#include <array>
#include <cstdint>

#include "gui/surface.h"

namespace peach::gui {

// The font atlas: coverage from 0 to 255, one byte a texel.
struct CoverageTexture {
    const uint8_t* texels = nullptr;
    int width = 0;
    int height = 0;
};

struct Vertex {
    float x;
    float y;
    uint32_t colour;
};

// Where a rectangle lies, and which part of the texture it shows (in texels).
struct TexturedRect {
    float left, top, right, bottom;
    float u_left, v_top, u_right, v_bottom;
};

void fill_rect(Surface& surface, const PixelRect& clip, float left, float top, float right, float bottom,
               uint32_t colour);
void fill_glyph(Surface& surface, const PixelRect& clip, const CoverageTexture& texture,
                const TexturedRect& rect, uint32_t colour);
void fill_triangle(Surface& surface, const PixelRect& clip, const std::array<Vertex, 3>& corners);

// The smallest pixel rectangle that a shape with these extents can touch.
PixelRect touched_pixels(float left, float top, float right, float bottom);

}  // namespace peach::gui
