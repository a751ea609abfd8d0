#pragma once

#include <peach/termios.h>
#include <sys/types.h>

typedef unsigned tcflag_t;
typedef unsigned char cc_t;
typedef unsigned speed_t;

// Kept in c_cflag, and without effect: there is no wire that could be slow.
#define CBAUD 0x000F
enum { B0, B50, B75, B110, B134, B150, B200, B300, B600, B1200, B1800, B2400, B4800, B9600, B19200, B38400 };
speed_t cfgetispeed(const struct termios *settings);
speed_t cfgetospeed(const struct termios *settings);
int cfsetispeed(struct termios *settings, speed_t speed);
int cfsetospeed(struct termios *settings, speed_t speed);

int tcgetattr(int descriptor, struct termios *settings);
int tcsetattr(int descriptor, int when, const struct termios *settings);
#define TCIFLUSH 0   // forgets what was typed and not read
#define TCOFLUSH 1   // output never waits
#define TCIOFLUSH 2

int tcflush(int descriptor, int queue);
int tcdrain(int descriptor);
int tcsendbreak(int descriptor, int duration);
void cfmakeraw(struct termios *settings);
int tcgetwinsize(int descriptor, struct winsize *size);
int tcsetwinsize(int descriptor, const struct winsize *size);
pid_t tcgetsid(int descriptor);
