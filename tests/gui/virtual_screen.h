#pragma once
// An X server without a screen, and a person in front of it: keys and pointer through the XTEST extension, as
// SDL sees no other kind of synthetic input.

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <X11/Xlib.h>

#include <array>
#include <cstdlib>
#include <string>

namespace peach::gui::testing {

class VirtualScreen {
  public:
    // `usable()` says whether it came up; `missing()`, that it did not because Xvfb is not installed.
    VirtualScreen() {
        constexpr int kMostAttempts = 50;  // servers race for a number, and a busy machine is slow
        for (int attempt = 0; attempt < kMostAttempts && display_ == nullptr && !missing_; attempt++) {
            if (attempt > 0) usleep(100'000);
            start();
        }
    }
    VirtualScreen(const VirtualScreen&) = delete;
    VirtualScreen& operator=(const VirtualScreen&) = delete;
    ~VirtualScreen() {
        if (display_ != nullptr) XCloseDisplay(display_);
        unsetenv("DISPLAY");
        stop();
    }

    bool usable() const { return display_ != nullptr; }
    bool missing() const { return missing_; }

    void key(KeySym symbol, std::initializer_list<KeySym> held = {}) {
        for (const KeySym modifier : held) edge(modifier, true);
        edge(symbol, true);
        edge(symbol, false);
        for (const KeySym modifier : held) edge(modifier, false);
        XSync(display_, False);
    }
    // Letters, digits and spaces.
    void type(std::string_view text) {
        for (const char c : text)
            key(c == ' ' ? XStringToKeysym("space") : XStringToKeysym(std::string(1, c).c_str()));
    }
    void move(int x, int y) {
        XTestFakeMotionEvent(display_, -1, x, y, CurrentTime);
        XSync(display_, False);
    }
    void button(bool down) {
        XTestFakeButtonEvent(display_, 1, down ? True : False, CurrentTime);
        XSync(display_, False);
    }

  private:
    static constexpr int kCannotBeExecuted = 127;

    void start() {
        std::array<int, 2> number_pipe{};
        if (pipe(number_pipe.data()) != 0) return;
        server_ = fork();
        if (server_ == 0) run_server(number_pipe);
        close(number_pipe[1]);
        std::array<char, 16> text{};  // the server writes its number when it is ready
        const ssize_t length = read(number_pipe[0], text.data(), text.size() - 1);
        close(number_pipe[0]);
        if (length > 0) {
            const std::string name = ":" + std::to_string(std::atoi(text.data()));
            setenv("DISPLAY", name.c_str(), 1);
            display_ = XOpenDisplay(name.c_str());
        }
        if (display_ == nullptr) stop();
    }
    [[noreturn]] static void run_server(const std::array<int, 2>& number_pipe) {
        close(number_pipe[0]);
        const int quiet = open("/dev/null", O_WRONLY);
        dup2(quiet, STDERR_FILENO);
        const std::string descriptor = std::to_string(number_pipe[1]);
        execlp("Xvfb", "Xvfb", "-displayfd", descriptor.c_str(), "-screen", "0", "1700x1100x24", "-noreset",
               "-nolisten", "tcp", static_cast<char*>(nullptr));
        _exit(kCannotBeExecuted);
    }
    void stop() {
        if (server_ <= 0) return;
        kill(server_, SIGTERM);
        int status = 0;
        waitpid(server_, &status, 0);
        missing_ = WIFEXITED(status) && WEXITSTATUS(status) == kCannotBeExecuted;
        server_ = -1;
    }
    void edge(KeySym symbol, bool down) {
        XTestFakeKeyEvent(display_, XKeysymToKeycode(display_, symbol), down ? True : False, CurrentTime);
    }

    pid_t server_ = -1;
    bool missing_ = false;
    Display* display_ = nullptr;
};

}  // namespace peach::gui::testing
