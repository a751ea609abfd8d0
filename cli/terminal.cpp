#include "cli/terminal.h"

#include <poll.h>
#include <termios.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace peach::cli {
namespace {

// Signal handlers can reach nothing but globals; these are the only ones, and they describe the one terminal
// that a process has.
termios saved_settings;
termios raw_settings;
volatile std::sig_atomic_t settings_saved = 0;
volatile std::sig_atomic_t requested_end = 0;

void restore_terminal() {
    if (settings_saved != 0) tcsetattr(STDIN_FILENO, TCSANOW, &saved_settings);
    settings_saved = 0;
}

void restore_and_die(int signal) {
    restore_terminal();
    std::signal(signal, SIG_DFL);
    raise(signal);
}

// ^Z from another terminal, say: the shell that comes forward finds its own settings.
void stop(int /*signal*/) {
    const int error = errno;
    if (settings_saved != 0) tcsetattr(STDIN_FILENO, TCSANOW, &saved_settings);
    raise(SIGSTOP);
    errno = error;
}

void go_on(int /*signal*/) {
    const int error = errno;
    if (settings_saved != 0) tcsetattr(STDIN_FILENO, TCSANOW, &raw_settings);
    errno = error;
}

void note_end(int signal) {
    requested_end = signal;
}

void handle(int signal, void (*handler)(int)) {
    struct sigaction action{};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
}

}  // namespace

RawTerminal::RawTerminal() {
    if (isatty(STDIN_FILENO) == 0 || tcgetattr(STDIN_FILENO, &saved_settings) != 0) return;
    settings_saved = 1;
    std::atexit(restore_terminal);
    for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGTRAP, SIGSYS, SIGXCPU,
                             SIGXFSZ, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2})
        handle(signal, restore_and_die);
    raw_settings = saved_settings;
    raw_settings.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG | IEXTEN);
    raw_settings.c_iflag &= ~static_cast<tcflag_t>(IXON);
    raw_settings.c_iflag |= ICRNL;  // Enter arrives as a line feed: see Session::type_keys()
    raw_settings.c_cc[VMIN] = 1;
    raw_settings.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &raw_settings);
    handle(SIGTSTP, stop);
    handle(SIGCONT, go_on);
}

RawTerminal::~RawTerminal() {
    restore_terminal();
}

void watch_for_end() {
    for (const int signal : {SIGTERM, SIGHUP, SIGINT}) handle(signal, note_end);
    handle(SIGPIPE, SIG_IGN);  // a reader that goes away is seen as a failed write
}

bool end_requested() {
    return requested_end != 0;
}
int end_signal() {
    return requested_end;
}

InputChunk read_standard_input(int timeout_milliseconds) {
    pollfd waiting{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, timeout_milliseconds) <= 0) return {};
    std::array<char, 65536> buffer;
    const ssize_t count = read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return {};
    if (count <= 0) return {.bytes = {}, .ended = true};
    return {.bytes = std::string(buffer.data(), static_cast<size_t>(count)), .ended = false};
}

bool write_standard_output(const std::string& bytes) {
    size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = write(STDOUT_FILENO, bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        done += static_cast<size_t>(count);
    }
    return true;
}

}  // namespace peach::cli
