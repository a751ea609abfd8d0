#include "gui/damage_painter.h"

#include <imgui.h>

#include <cstring>

namespace peach::gui {

namespace {

constexpr int kTileWidth = 64;
constexpr int kTileHeight = 32;

uint64_t mixed(uint64_t a, uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a ^ 0x9E3779B97F4A7C15u) * (b ^ 0xD1B54A32D192ED03u);
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

uint64_t bits_of(const ImVec2& v) {
    uint64_t bits;
    static_assert(sizeof v == sizeof bits);
    std::memcpy(&bits, &v, sizeof bits);
    return bits;
}

uint64_t hash_of(const ImDrawVert& v, uint64_t seed) {
    return mixed(mixed(seed, bits_of(v.pos)), bits_of(v.uv) + v.col * 0x9E3779B97F4A7C15u);
}

uint64_t hash_of(const PixelRect& r) {
    return mixed(
        static_cast<uint64_t>(static_cast<uint32_t>(r.left)) << 32 | static_cast<uint32_t>(r.top),
        static_cast<uint64_t>(static_cast<uint32_t>(r.right)) << 32 | static_cast<uint32_t>(r.bottom));
}

// Six indices that are one rectangle, as ImDrawList::PrimRect and PrimRectUV write it: 0 1 2, 0 2 3.
bool is_rectangle(const ImDrawIdx* index, const ImDrawVert* vertices) {
    if (index[3] != index[0] || index[4] != index[2]) return false;
    const ImDrawVert& a = vertices[index[0]];
    const ImDrawVert& b = vertices[index[1]];
    const ImDrawVert& c = vertices[index[2]];
    const ImDrawVert& d = vertices[index[5]];
    return a.pos.x == d.pos.x && b.pos.x == c.pos.x && a.pos.y == b.pos.y && c.pos.y == d.pos.y &&
           a.pos.x <= c.pos.x && a.pos.y <= c.pos.y && a.col == b.col && a.col == c.col && a.col == d.col;
}

bool same_texel(const ImDrawVert& a, const ImDrawVert& b) {
    return a.uv.x == b.uv.x && a.uv.y == b.uv.y;
}

}  // namespace

void DamagePainter::set_texture(const uint8_t* texels, int width, int height) {
    texels_.assign(texels, texels + static_cast<size_t>(width) * static_cast<size_t>(height));
    texture_ = {texels_.data(), width, height};
    invalidate();
}

std::span<const PixelRect> DamagePainter::paint(const ImDrawData& data, Surface& surface) {
    resize(surface.width, surface.height);
    collect(data);
    find_damage();
    for (const PixelRect& area : damage_) paint_rect(surface, area);
    last_tiles_.swap(tiles_);
    all_changed_ = false;
    return damage_;
}

void DamagePainter::resize(int width, int height) {
    if (width == width_ && height == height_) return;
    width_ = width;
    height_ = height;
    tile_columns_ = (width + kTileWidth - 1) / kTileWidth;
    tile_rows_ = (height + kTileHeight - 1) / kTileHeight;
    last_tiles_.assign(static_cast<size_t>(tile_columns_) * static_cast<size_t>(tile_rows_), 0);
    invalidate();
}

void DamagePainter::collect(const ImDrawData& data) {
    primitives_.clear();
    tiles_.assign(last_tiles_.size(), background_);
    for (int i = 0; i < data.CmdListsCount; i++) {
        const ImDrawList& list = *data.CmdLists[i];
        for (const ImDrawCmd& command : list.CmdBuffer) {
            if (command.UserCallback == nullptr) collect_command(list, command, data);
        }
    }
}

void DamagePainter::collect_command(const ImDrawList& list, const ImDrawCmd& command,
                                    const ImDrawData& data) {
    const ImVec2 origin = data.DisplayPos;
    const PixelRect window = {0, 0, width_, height_};
    const ImVec4& c = command.ClipRect;
    const PixelRect clip =
        intersection(touched_pixels(c.x - origin.x, c.y - origin.y, c.z - origin.x, c.w - origin.y), window);
    if (clip.empty()) return;
    const uint64_t clip_hash = hash_of(clip);
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
    const ImDrawIdx* end = index + command.ElemCount;
    while (index < end) {
        Primitive primitive;
        const ImDrawVert& a = vertices[index[0]];
        const ImDrawVert& b = vertices[index[1]];
        const ImDrawVert& d = vertices[index[2]];
        primitive.corners[0] = &a;
        primitive.corners[1] = &b;
        primitive.corners[2] = &d;
        if (end - index >= 6 && is_rectangle(index, vertices)) {
            primitive.kind = same_texel(a, d) ? Primitive::Kind::rectangle : Primitive::Kind::glyph;
            primitive.clip = intersection(touched_pixels(a.pos.x, a.pos.y, d.pos.x, d.pos.y), clip);
            index += 6;
            if (!primitive.clip.empty()) add(primitive, hash_of(d, hash_of(a, clip_hash)));
            continue;
        }
        primitive.kind = Primitive::Kind::triangle;
        const auto [left, right] = std::minmax({a.pos.x, b.pos.x, d.pos.x});
        const auto [top, bottom] = std::minmax({a.pos.y, b.pos.y, d.pos.y});
        primitive.clip = intersection(touched_pixels(left, top, right + 1, bottom + 1), clip);
        index += 3;
        if (!primitive.clip.empty()) add(primitive, hash_of(d, hash_of(b, hash_of(a, clip_hash + 1))));
    }
}

void DamagePainter::add(const Primitive& primitive, uint64_t hash) {
    primitives_.push_back(primitive);
    mix_into_tiles(primitive.clip, hash);
}

void DamagePainter::mix_into_tiles(const PixelRect& pixels, uint64_t hash) {
    const int first_column = pixels.left / kTileWidth;
    const int last_column = (pixels.right - 1) / kTileWidth;
    const int last_row = (pixels.bottom - 1) / kTileHeight;
    for (int row = pixels.top / kTileHeight; row <= last_row; row++) {
        uint64_t* tile = tiles_.data() + static_cast<size_t>(row) * static_cast<size_t>(tile_columns_);
        for (int column = first_column; column <= last_column; column++)
            tile[column] = mixed(tile[column], hash);
    }
}

// Whether tiles [first, last) of a row all differ.
bool DamagePainter::run_changed(int row, int first, int last) const {
    const size_t start = static_cast<size_t>(row) * static_cast<size_t>(tile_columns_);
    for (int column = first; column < last; column++) {
        const size_t tile = start + static_cast<size_t>(column);
        if (!all_changed_ && tiles_[tile] == last_tiles_[tile]) return false;
    }
    return true;
}

// Joins changed tiles to runs, and runs that stand exactly above each other to rectangles.
void DamagePainter::find_damage() {
    damage_.clear();
    size_t open_from = 0;  // rectangles that end at the row above and may still grow
    for (int row = 0; row < tile_rows_; row++) {
        const size_t open_to = damage_.size();
        const int top = row * kTileHeight;
        const int bottom = std::min(top + kTileHeight, height_);
        for (int column = 0; column < tile_columns_;) {
            int end = column;
            while (end < tile_columns_ && run_changed(row, end, end + 1)) end++;
            if (end == column) {
                column++;
                continue;
            }
            const int left = column * kTileWidth;
            const int right = std::min(end * kTileWidth, width_);
            bool joined = false;
            for (size_t i = open_from; i < open_to && !joined; i++) {
                PixelRect& above = damage_[i];
                joined = above.left == left && above.right == right && above.bottom == top;
                if (joined) above.bottom = bottom;
            }
            if (!joined) damage_.push_back({left, top, right, bottom});
            column = end;
        }
        // A rectangle that did not grow cannot grow later; skipping those at the front keeps the search
        // short.
        while (open_from < damage_.size() && damage_[open_from].bottom < bottom) open_from++;
    }
}

void DamagePainter::paint_rect(Surface& surface, const PixelRect& area) const {
    fill_rect(surface, area, static_cast<float>(area.left), static_cast<float>(area.top),
              static_cast<float>(area.right), static_cast<float>(area.bottom), background_);
    for (const Primitive& primitive : primitives_) {
        const PixelRect clip = intersection(primitive.clip, area);
        if (!clip.empty()) paint_primitive(surface, primitive, clip);
    }
}

void DamagePainter::paint_primitive(Surface& surface, const Primitive& primitive,
                                    const PixelRect& clip) const {
    const ImDrawVert& a = *primitive.corners[0];
    const ImDrawVert& b = *primitive.corners[1];
    const ImDrawVert& c = *primitive.corners[2];
    switch (primitive.kind) {
        case Primitive::Kind::rectangle:
            fill_rect(surface, clip, a.pos.x, a.pos.y, c.pos.x, c.pos.y, a.col);
            break;
        case Primitive::Kind::glyph: {
            const float width = static_cast<float>(texture_.width);
            const float height = static_cast<float>(texture_.height);
            fill_glyph(surface, clip, texture_,
                       {a.pos.x, a.pos.y, c.pos.x, c.pos.y, a.uv.x * width, a.uv.y * height, c.uv.x * width,
                        c.uv.y * height},
                       a.col);
            break;
        }
        case Primitive::Kind::triangle:
            fill_triangle(surface, clip,
                          {Vertex{a.pos.x, a.pos.y, a.col}, Vertex{b.pos.x, b.pos.y, b.col},
                           Vertex{c.pos.x, c.pos.y, c.col}});
            break;
    }
}

}  // namespace peach::gui
