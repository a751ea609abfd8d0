#include "gui/platform.h"

#include <imgui.h>
#include <SDL.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace peach::gui {

namespace {

struct KeyName {
    SDL_Keycode sdl;
    uint16_t key;
};

constexpr std::array kSpecialKeys = {
    KeyName{SDLK_BACKSPACE, kKeyBackspace},
    KeyName{SDLK_TAB, kKeyTab},
    KeyName{SDLK_RETURN, kKeyEnter},
    KeyName{SDLK_KP_ENTER, kKeyEnter},
    KeyName{SDLK_ESCAPE, kKeyEscape},
    KeyName{SDLK_DELETE, kKeyDelete},
    KeyName{SDLK_LEFT, kKeyLeft},
    KeyName{SDLK_RIGHT, kKeyRight},
    KeyName{SDLK_UP, kKeyUp},
    KeyName{SDLK_DOWN, kKeyDown},
    KeyName{SDLK_PAGEUP, kKeyPageUp},
    KeyName{SDLK_PAGEDOWN, kKeyPageDown},
    KeyName{SDLK_HOME, kKeyHome},
    KeyName{SDLK_END, kKeyEnd},
    KeyName{SDLK_INSERT, kKeyInsert},
};

// 0 if the window has no use for the key.
uint16_t key_of(SDL_Keycode code) {
    for (const KeyName& name : kSpecialKeys) {
        if (name.sdl == code) return name.key;
    }
    if (code >= SDLK_F1 && code <= SDLK_F12) return static_cast<uint16_t>(kKeyF1 + (code - SDLK_F1));
    return code >= 32 && code < 127 ? static_cast<uint16_t>(code) : uint16_t{0};
}

// SDL's button numbers to ImGui's; -1 for the rest.
int button_of(Uint8 button) {
    switch (button) {
        case SDL_BUTTON_LEFT:
            return 0;
        case SDL_BUTTON_RIGHT:
            return 1;
        case SDL_BUTTON_MIDDLE:
            return 2;
        default:
            return -1;
    }
}

const char* clipboard_text(void* /*user*/) {
    static std::string text;  // ImGui keeps the pointer until the next call
    char* copy = SDL_GetClipboardText();
    text = copy == nullptr ? "" : copy;
    SDL_free(copy);
    return text.c_str();
}

void set_clipboard_text(void* /*user*/, const char* text) {
    SDL_SetClipboardText(text);
}

// SDL also knows screens that nobody sees and a bare console: only who asks for those by SDL_VIDEODRIVER gets
// them.
bool has_desktop() {
    if (SDL_getenv("SDL_VIDEODRIVER") != nullptr) return true;
    const std::string_view driver = SDL_GetCurrentVideoDriver();
    return driver == "x11" || driver == "wayland";
}

}  // namespace

std::expected<std::unique_ptr<Platform>, std::string> Platform::open(const char* title, int width,
                                                                     int height) {
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return std::unexpected(std::string(SDL_GetError()));
    if (!has_desktop()) {
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
        return std::unexpected("there is no display");
    }
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    OpenedWindow opened = open_window(title, width, height);
    if (opened.window == nullptr) {
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
        return std::unexpected(opened.problem);
    }
    SDL_SetWindowMinimumSize(opened.window, 640, 400);
    SDL_StartTextInput();
    std::unique_ptr<Platform> platform(new Platform(opened.window, std::move(opened.renderer)));
    platform->fit_to_screen();
    return platform;
}

Platform::Platform(SDL_Window* window, std::unique_ptr<Renderer> renderer)
    : window_(window), renderer_(std::move(renderer)), start_ticks_(SDL_GetPerformanceCounter()) {
    cursors_ = {SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_ARROW),
                SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_SIZEWE),
                SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_SIZENS)};
}

// A desktop's bars and the window's own title have to fit, too; without a window manager nobody else would
// see to it.
void Platform::fit_to_screen() {
    SDL_Rect screen;
    if (SDL_GetDisplayUsableBounds(std::max(SDL_GetWindowDisplayIndex(window_), 0), &screen) != 0) return;
    int above = 0, left = 0, below = 0, right = 0;
    SDL_GetWindowBordersSize(window_, &above, &left, &below, &right);  // zeros if nobody knows
    const int most_width = screen.w - left - right;
    const int most_height = screen.h - above - below;
    if (width() <= most_width && height() <= most_height) return;
    const int fitting_width = std::min(width(), most_width);
    const int fitting_height = std::min(height(), most_height);
    SDL_SetWindowSize(window_, fitting_width, fitting_height);
    SDL_SetWindowPosition(window_, screen.x + left + (most_width - fitting_width) / 2,
                          screen.y + above + (most_height - fitting_height) / 2);
}

void Platform::set_full_screen(bool wanted) {
    if (wanted == full_screen_) return;
    full_screen_ = wanted;
    if (wanted) SDL_GetWindowSize(window_, &windowed_width_, &windowed_height_);
    SDL_SetWindowFullscreen(window_, wanted ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    // Without a window manager nobody else gives the window its size back.
    if (!wanted) SDL_SetWindowSize(window_, windowed_width_, windowed_height_);
}

void Platform::install_clipboard() {
    ImGuiIO& io = ImGui::GetIO();
    io.GetClipboardTextFn = clipboard_text;
    io.SetClipboardTextFn = set_clipboard_text;
}

void Platform::wake() {
    SDL_Event event = {};
    event.type = SDL_USEREVENT;
    SDL_PushEvent(&event);
}

void Platform::show_cursor(int imgui_cursor) {
    const int wanted = imgui_cursor == ImGuiMouseCursor_ResizeEW   ? 1
                       : imgui_cursor == ImGuiMouseCursor_ResizeNS ? 2
                                                                   : 0;
    if (wanted == cursor_) return;
    cursor_ = wanted;
    SDL_SetCursor(cursors_[static_cast<size_t>(wanted)]);
}

Platform::~Platform() {
    for (SDL_Cursor* cursor : cursors_) SDL_FreeCursor(cursor);
    renderer_.reset();
    SDL_DestroyWindow(window_);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

int Platform::width() const {
    int width = 0;
    SDL_GetWindowSize(window_, &width, nullptr);
    return width;
}

int Platform::height() const {
    int height = 0;
    SDL_GetWindowSize(window_, nullptr, &height);
    return height;
}

double Platform::now_seconds() const {
    return static_cast<double>(SDL_GetPerformanceCounter() - start_ticks_) /
           static_cast<double>(SDL_GetPerformanceFrequency());
}

void Platform::set_title(const std::string& title) {
    if (title == title_) return;
    title_ = title;
    SDL_SetWindowTitle(window_, title.c_str());
}

bool Platform::collect(InputQueue& queue, int wait_ms) {
    SDL_Event event;
    bool any = false;
    if (wait_ms > 0 && SDL_WaitEventTimeout(&event, wait_ms) != 0) {
        take(event, queue);
        any = true;
    }
    while (SDL_PollEvent(&event) != 0) {
        take(event, queue);
        any = true;
    }
    return any;
}

void Platform::take(const SDL_Event& event, InputQueue& queue) {
    switch (event.type) {
        case SDL_QUIT:
            quit_wanted_ = true;
            break;
        case SDL_WINDOWEVENT:
            if (event.window.event == SDL_WINDOWEVENT_EXPOSED ||
                event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED) {
                renderer_->invalidate();
            } else if (event.window.event == SDL_WINDOWEVENT_LEAVE) {
                queue.push(PointerLeft{});
            }
            break;
        case SDL_MOUSEMOTION:
            queue.push(PointerMoved{static_cast<float>(event.motion.x), static_cast<float>(event.motion.y)});
            break;
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP:
            if (const int button = button_of(event.button.button); button >= 0) {
                queue.push(
                    PointerMoved{static_cast<float>(event.button.x), static_cast<float>(event.button.y)});
                queue.push(ButtonEdge{button, event.type == SDL_MOUSEBUTTONDOWN});
            }
            break;
        case SDL_MOUSEWHEEL:
            queue.push(WheelTurned{event.wheel.preciseX, event.wheel.preciseY});
            break;
        case SDL_KEYDOWN:
        case SDL_KEYUP:
            if (const uint16_t key = key_of(event.key.keysym.sym); key != 0) {
                const Uint16 mod = event.key.keysym.mod;
                queue.push(KeyEdge{key,
                                   event.type == SDL_KEYDOWN,
                                   {(mod & KMOD_CTRL) != 0, (mod & KMOD_SHIFT) != 0, (mod & KMOD_ALT) != 0},
                                   event.key.repeat != 0});
            }
            break;
        case SDL_TEXTINPUT:
            queue.push(TextTyped{event.text.text});
            break;
        default:
            break;
    }
}

}  // namespace peach::gui
