#pragma once
// Shows frames with OpenGL 3, through ImGui's own back end. Used only where a GPU does the work.

#include "gui/renderer.h"

namespace peach::gui {

class RendererOpenGl final : public Renderer {
  public:
    // The window and its context stay the caller's until the renderer takes them over: it deletes the
    // context.
    RendererOpenGl(SDL_Window* window, void* context);
    RendererOpenGl(const RendererOpenGl&) = delete;
    RendererOpenGl& operator=(const RendererOpenGl&) = delete;
    ~RendererOpenGl() override;

    void load_fonts(ImFontAtlas& atlas) override;
    bool draw(const ImDrawData& data) override;
    void invalidate() override {}
    std::string name() const override { return "OpenGL"; }

    // Whether the current context draws on the processor: its renderer says what it is.
    static bool context_is_software();

  private:
    SDL_Window* window_;
    void* context_;
    bool started_ = false;
};

}  // namespace peach::gui
