#pragma once

#include <peach/termios.h>
#include <sys/types.h>

typedef unsigned tcflag_t;
typedef unsigned char cc_t;
typedef unsigned speed_t;

int tcgetattr(int descriptor, struct termios *settings);
int tcsetattr(int descriptor, int when, const struct termios *settings);
#define TCIFLUSH 0   // forgets what was typed and not read
#define TCOFLUSH 1   // output never waits
#define TCIOFLUSH 2

int tcflush(int descriptor, int queue);
int tcdrain(int descriptor);
void cfmakeraw(struct termios *settings);
int tcgetwinsize(int descriptor, struct winsize *size);
int tcsetwinsize(int descriptor, const struct winsize *size);
pid_t tcgetsid(int descriptor);
