#include "gui/renderer_opengl.h"

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>
#include <SDL.h>
#include <SDL_opengl.h>

#include <string_view>

namespace peach::gui {

namespace {

// The three calls that the back end leaves to us, found at run time so that nothing links to a GL library.
template <typename Function>
Function gl_function(const char* name) {
    return reinterpret_cast<Function>(SDL_GL_GetProcAddress(name));
}

}  // namespace

RendererOpenGl::RendererOpenGl(SDL_Window* window, void* context) : window_(window), context_(context) {
    SDL_GL_SetSwapInterval(1);
}

RendererOpenGl::~RendererOpenGl() {
    if (started_) ImGui_ImplOpenGL3_Shutdown();
    SDL_GL_DeleteContext(context_);
}

bool RendererOpenGl::context_is_software() {
    const auto get_string = gl_function<const GLubyte*(APIENTRY*)(GLenum)>("glGetString");
    const GLubyte* answer = get_string == nullptr ? nullptr : get_string(GL_RENDERER);
    if (answer == nullptr) return true;
    const std::string_view renderer = reinterpret_cast<const char*>(answer);
    for (const std::string_view software :
         {"llvmpipe", "softpipe", "Software", "software", "SWR", "SwiftShader"}) {
        if (renderer.find(software) != std::string_view::npos) return true;
    }
    return false;
}

void RendererOpenGl::load_fonts(ImFontAtlas& /*atlas*/) {
    if (!started_) {
        started_ = ImGui_ImplOpenGL3_Init("#version 130");
    } else {
        ImGui_ImplOpenGL3_DestroyFontsTexture();
    }
    ImGui_ImplOpenGL3_CreateFontsTexture();
}

bool RendererOpenGl::draw(const ImDrawData& data) {
    using Viewport = void(APIENTRY*)(GLint, GLint, GLsizei, GLsizei);
    using ClearColour = void(APIENTRY*)(GLfloat, GLfloat, GLfloat, GLfloat);
    using Clear = void(APIENTRY*)(GLbitfield);
    static const auto viewport = gl_function<Viewport>("glViewport");
    static const auto clear_colour = gl_function<ClearColour>("glClearColor");
    static const auto clear = gl_function<Clear>("glClear");
    int width = 0;
    int height = 0;
    SDL_GL_GetDrawableSize(window_, &width, &height);
    ImGui_ImplOpenGL3_NewFrame();
    viewport(0, 0, width, height);
    clear_colour(0, 0, 0, 1);
    clear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(const_cast<ImDrawData*>(&data));
    SDL_GL_SwapWindow(window_);
    return true;
}

}  // namespace peach::gui
