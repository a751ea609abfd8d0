#include "gui/renderer_software.h"

#include <imgui.h>
#include <SDL.h>

namespace peach::gui {

void load_fonts_into(DamagePainter& painter, ImFontAtlas& atlas) {
    unsigned char* texels = nullptr;
    int width = 0;
    int height = 0;
    atlas.GetTexDataAsAlpha8(&texels, &width, &height);
    painter.set_texture(texels, width, height);
    atlas.SetTexID(&painter);
}

void RendererSoftware::load_fonts(ImFontAtlas& atlas) {
    load_fonts_into(painter_, atlas);
}

bool RendererSoftware::draw(const ImDrawData& data) {
    SDL_Surface* window_surface = SDL_GetWindowSurface(window_);  // a new one after each change of size
    if (window_surface == nullptr) return false;
    if (window_surface->w != surface_.width || window_surface->h != surface_.height) {
        surface_ = Surface(window_surface->w, window_surface->h);
        painter_.invalidate();
    }
    const std::span<const PixelRect> damage = painter_.paint(data, surface_);
    if (damage.empty()) return false;
    SDL_Surface* picture =
        SDL_CreateRGBSurfaceWithFormatFrom(surface_.pixels.data(), surface_.width, surface_.height, 32,
                                           surface_.width * 4, SDL_PIXELFORMAT_RGB888);
    if (picture == nullptr) return false;
    std::vector<SDL_Rect> rects;
    rects.reserve(damage.size());
    for (const PixelRect& area : damage) {
        SDL_Rect rect = {area.left, area.top, area.right - area.left, area.bottom - area.top};
        rects.push_back(rect);
        SDL_BlitSurface(picture, &rect, window_surface, &rect);
    }
    SDL_FreeSurface(picture);
    SDL_UpdateWindowSurfaceRects(window_, rects.data(), static_cast<int>(rects.size()));
    return true;
}

}  // namespace peach::gui
