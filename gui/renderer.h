#pragma once
// What turns ImGui's draw data into a picture in the window.
//
//   RendererOpenGl    a real GPU is there
//   RendererSoftware  everything else, and pictures without a window
//
// open_window() is the one place that chooses.

#include <memory>
#include <string>

struct ImDrawData;
struct ImFontAtlas;
struct SDL_Window;

namespace peach::gui {

class Renderer {
  public:
    virtual ~Renderer() = default;

    // To be called before the first draw() and after every change of the atlas.
    virtual void load_fonts(ImFontAtlas& atlas) = 0;
    // Shows a frame; returns whether anything had to be painted.
    virtual bool draw(const ImDrawData& data) = 0;
    // The window's content was lost (it was covered or resized): the next draw() paints all of it.
    virtual void invalidate() = 0;
    virtual std::string name() const = 0;
};

// A window and what draws in it. The environment variable PEACH_RENDERER ("software" or "opengl") overrides
// the choice. `window` is null if no window could be opened; `problem` then says why.
struct OpenedWindow {
    SDL_Window* window = nullptr;
    std::unique_ptr<Renderer> renderer;
    std::string problem;
};
OpenedWindow open_window(const char* title, int width, int height);

}  // namespace peach::gui
