// The terminal's settings and its size.

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int __window_size(int descriptor, const struct winsize *size, struct winsize *old_size);

int tcgetwinsize(int descriptor, struct winsize *size) { return __window_size(descriptor, NULL, size); }
int tcsetwinsize(int descriptor, const struct winsize *size) { return __window_size(descriptor, size, NULL); }

int ioctl(int descriptor, unsigned long request, ...) {
    va_list rest;
    va_start(rest, request);
    struct winsize *size = va_arg(rest, struct winsize *);
    va_end(rest);
    switch (request) {
        case TIOCGWINSZ: return tcgetwinsize(descriptor, size);
        case TIOCSWINSZ: return tcsetwinsize(descriptor, size);
        default: errno = ENOTTY; return -1;
    }
}

// Byte by byte, unchanged.
void cfmakeraw(struct termios *settings) {
    settings->c_iflag &= ~(unsigned)(IGNCR | ICRNL);
    settings->c_oflag &= ~(unsigned)OPOST;
    settings->c_lflag &= ~(unsigned)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    settings->c_cc[VMIN] = 1;
    settings->c_cc[VTIME] = 0;
}

int tcflush(int descriptor, int queue) {
    struct termios settings;
    if (tcgetattr(descriptor, &settings) < 0) return -1;
    return queue == TCOFLUSH ? 0 : tcsetattr(descriptor, TCSAFLUSH, &settings);
}

// Nothing waits.
int tcdrain(int descriptor) {
    struct termios settings;
    return tcgetattr(descriptor, &settings);
}

// No wire, no break.
int tcsendbreak(int descriptor, int duration) {
    (void)duration;
    return tcdrain(descriptor);
}

speed_t cfgetospeed(const struct termios *settings) { return settings->c_cflag & CBAUD; }
speed_t cfgetispeed(const struct termios *settings) { return cfgetospeed(settings); }

int cfsetospeed(struct termios *settings, speed_t speed) {
    if (speed > B38400) {
        errno = EINVAL;
        return -1;
    }
    settings->c_cflag = (settings->c_cflag & ~(unsigned)CBAUD) | speed;
    return 0;
}

// There is one speed for both ways, and B0 stands for that of the other.
int cfsetispeed(struct termios *settings, speed_t speed) { return speed == B0 ? 0 : cfsetospeed(settings, speed); }

pid_t tcgetsid(int descriptor) { return tcgetpgrp(descriptor) < 0 ? -1 : getsid(0); }
