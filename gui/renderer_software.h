#pragma once
// Shows frames through the window's own surface, painted by DamagePainter. Without a GPU this costs an eighth
// of what OpenGL emulated on the processor does, and leaves the processor to the guest.

#include "gui/damage_painter.h"
#include "gui/renderer.h"

namespace peach::gui {

class RendererSoftware final : public Renderer {
  public:
    explicit RendererSoftware(SDL_Window* window) : window_(window) {}

    void load_fonts(ImFontAtlas& atlas) override;
    bool draw(const ImDrawData& data) override;
    void invalidate() override { painter_.invalidate(); }
    std::string name() const override { return "software (only what changes is painted)"; }

  private:
    SDL_Window* window_;
    DamagePainter painter_;
    Surface surface_;
};

// Copies the atlas's coverage into a painter, and gives the atlas its texture's name.
void load_fonts_into(DamagePainter& painter, ImFontAtlas& atlas);

}  // namespace peach::gui
