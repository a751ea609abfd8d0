#pragma once
// The window on the screen: SDL2, its events and its clipboard.

#include <array>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>

#include "gui/input.h"
#include "gui/renderer.h"

struct SDL_Cursor;
struct SDL_Window;
union SDL_Event;

namespace peach::gui {

class Platform {
  public:
    // The error says why no window can be opened: there is no display, usually. The window gets no larger
    // than what the screen has room for.
    static std::expected<std::unique_ptr<Platform>, std::string> open(const char* title, int width,
                                                                      int height);
    Platform(const Platform&) = delete;
    Platform& operator=(const Platform&) = delete;
    ~Platform();

    // Takes what has happened into the queue. With nothing there, waits up to `wait_ms` for something.
    // Returns whether anything came.
    bool collect(InputQueue& queue, int wait_ms);
    bool quit_wanted() const { return quit_wanted_; }
    // The size of the drawing area.
    int width() const;
    int height() const;
    double now_seconds() const;
    Renderer& renderer() { return *renderer_; }
    SDL_Window* window() { return window_; }
    void set_title(const std::string& title);
    void show_cursor(int imgui_cursor);
    void set_full_screen(bool wanted);
    // Gives ImGui the desktop's clipboard; after its context was made.
    static void install_clipboard();
    // Ends a wait of collect(). From any thread.
    static void wake();

  private:
    Platform(SDL_Window* window, std::unique_ptr<Renderer> renderer);
    void take(const SDL_Event& event, InputQueue& queue);
    void fit_to_screen();

    SDL_Window* window_;
    std::unique_ptr<Renderer> renderer_;
    std::string title_;
    std::array<SDL_Cursor*, 3> cursors_{};  // arrow, resize across, resize down
    int cursor_ = 0;
    bool full_screen_ = false;
    int windowed_width_ = 0;  // before it took the whole screen
    int windowed_height_ = 0;
    uint64_t start_ticks_;
    bool quit_wanted_ = false;
};

}  // namespace peach::gui
