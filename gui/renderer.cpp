#include "gui/renderer.h"

#include <SDL.h>

#include <cstdlib>
#include <string_view>

#include "gui/renderer_opengl.h"
#include "gui/renderer_software.h"

namespace peach::gui {

namespace {

constexpr Uint32 kWindowFlags = SDL_WINDOW_RESIZABLE;

std::string_view wished_renderer() {
    const char* wish = std::getenv("PEACH_RENDERER");
    return wish == nullptr ? std::string_view() : std::string_view(wish);
}

// Leaves `opened` empty if OpenGL is not to be had, or is only emulated and was not asked for.
void try_opengl(OpenedWindow& opened, const char* title, int width, int height, bool even_emulated) {
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 2);
    SDL_Window* window = SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width,
                                          height, kWindowFlags | SDL_WINDOW_OPENGL | SDL_WINDOW_HIDDEN);
    if (window == nullptr) return;
    SDL_GLContext context = SDL_GL_CreateContext(window);
    if (context == nullptr || (!even_emulated && RendererOpenGl::context_is_software())) {
        if (context != nullptr) SDL_GL_DeleteContext(context);
        SDL_DestroyWindow(window);
        return;
    }
    SDL_ShowWindow(window);
    opened.window = window;
    opened.renderer = std::make_unique<RendererOpenGl>(window, context);
}

void try_software(OpenedWindow& opened, const char* title, int width, int height) {
    opened.window =
        SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width, height, kWindowFlags);
    if (opened.window != nullptr) opened.renderer = std::make_unique<RendererSoftware>(opened.window);
}

}  // namespace

OpenedWindow open_window(const char* title, int width, int height) {
    // The window's surface must be memory of ours, not a texture that is sent through an emulated GPU.
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    OpenedWindow opened;
    const std::string_view wish = wished_renderer();
    if (wish != "software") try_opengl(opened, title, width, height, wish == "opengl");
    if (opened.window == nullptr) try_software(opened, title, width, height);
    if (opened.window == nullptr) opened.problem = SDL_GetError();
    return opened;
}

}  // namespace peach::gui
