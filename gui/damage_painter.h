#pragma once
// Paints ImGui draw data on a Surface, and of each frame only what differs from the frame before.
//
// The surface is divided into tiles. Every primitive (rectangle, glyph, triangle) mixes a hash of itself into
// each tile that it touches, in drawing order; a tile whose hash is the one of the last frame looks the same
// and is left alone. The tiles that differ are joined into rectangles, and the primitives that touch those
// are painted again, clipped to them. The result equals painting everything (tests/gui holds it to that).

#include <cstdint>
#include <span>
#include <vector>

#include "gui/rasterizer.h"
#include "gui/surface.h"

struct ImDrawCmd;
struct ImDrawData;
struct ImDrawList;
struct ImDrawVert;

namespace peach::gui {

class DamagePainter {
  public:
    // The texels are copied. Every tile counts as changed afterwards.
    void set_texture(const uint8_t* texels, int width, int height);
    void set_background(uint32_t colour) { background_ = colour; }
    void invalidate() { all_changed_ = true; }

    // Brings `surface` up to date with `data` and returns the rectangles that were painted, none if nothing
    // changed. The surface must be the one of the last call, unless invalidate() was called or its size
    // changed.
    std::span<const PixelRect> paint(const ImDrawData& data, Surface& surface);

  private:
    struct Primitive {
        const ImDrawVert* corners[3];  // of a rectangle: upper left, upper right, lower right
        PixelRect clip;                // the clip rectangle cut to the pixels that the shape can touch
        enum class Kind : uint8_t { rectangle, glyph, triangle } kind;
    };

    void collect(const ImDrawData& data);
    void collect_command(const ImDrawList& list, const ImDrawCmd& command, const ImDrawData& data);
    void add(const Primitive& primitive, uint64_t hash);
    void mix_into_tiles(const PixelRect& pixels, uint64_t hash);
    void resize(int width, int height);
    void find_damage();
    bool run_changed(int row, int first, int last) const;
    void paint_rect(Surface& surface, const PixelRect& area) const;
    void paint_primitive(Surface& surface, const Primitive& primitive, const PixelRect& clip) const;

    int width_ = 0;
    int height_ = 0;
    int tile_columns_ = 0;
    int tile_rows_ = 0;
    bool all_changed_ = true;
    uint32_t background_ = 0xFF000000;
    std::vector<uint8_t> texels_;
    CoverageTexture texture_;
    std::vector<Primitive> primitives_;
    std::vector<uint64_t> tiles_;       // this frame's hash of every tile
    std::vector<uint64_t> last_tiles_;  // the hashes of what the surface shows
    std::vector<PixelRect> damage_;
};

}  // namespace peach::gui
