#pragma once
// Two requests, for programs that ask for the size of the window in this way.

#include <peach/termios.h>

#define TIOCGWINSZ 0x5413
#define TIOCSWINSZ 0x5414

int ioctl(int descriptor, unsigned long request, ...);
