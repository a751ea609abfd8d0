// Sessions and the terminal, on a console that only carries bytes: it is nobody's terminal. (tests/guest/console_test.cpp
// is about a person's.)

#include <fcntl.h>
#include <signal.h>
#include <termios.h>

#include "check.h"

static int begin_session(void) {
    CHECK(setsid() == getpid() && getsid(0) == getpid() && getpgid(0) == getpid());
    CHECK(FAILS(setsid(), EPERM) && FAILS(setpgid(0, 0), EPERM));
    return broken_promises;
}

static void groups(void) {
    const int child = fork();
    if (child == 0) {
        for (;;) pause();
    }
    CHECK(setpgid(child, child) == 0 && getpgid(child) == child && getsid(child) == getsid(0));
    CHECK(FAILS(setpgid(child, 30000), EPERM) && FAILS(getpgid(30000), ESRCH) && FAILS(getsid(30000), ESRCH));
    CHECK(killpg(child, SIGTERM) == 0 && waitpid(-child, NULL, 0) == child);
    CHECK(FAILS(killpg(child, SIGTERM), ESRCH));
}

static void no_terminal(void) {
    struct termios settings;
    struct winsize size;
    const int console = open("/dev/console", O_RDWR);
    const int file = open("/etc/passwd", O_RDONLY);
    CHECK(console >= 0 && !isatty(console) && !isatty(file));
    CHECK(FAILS(tcgetattr(file, &settings), ENOTTY) && FAILS(tcsetattr(file, TCSANOW, &settings), ENOTTY));
    CHECK(FAILS(tcgetpgrp(file), ENOTTY) && FAILS(tcsetpgrp(file, getpgid(0)), ENOTTY));
    CHECK(FAILS(tcgetwinsize(file, &size), ENOTTY) && FAILS(tcgetattr(99, &settings), EBADF));
    close(console);
    close(file);
}

int main(void) {
    CHECK(in_child(begin_session) == 0);
    groups();
    no_terminal();
    return report();
}
