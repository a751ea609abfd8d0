#pragma once

#include <peach/termios.h>
#include <sys/types.h>

typedef unsigned tcflag_t;
typedef unsigned char cc_t;
typedef unsigned speed_t;

int tcgetattr(int descriptor, struct termios *settings);
int tcsetattr(int descriptor, int when, const struct termios *settings);
void cfmakeraw(struct termios *settings);
int tcgetwinsize(int descriptor, struct winsize *size);
int tcsetwinsize(int descriptor, const struct winsize *size);
pid_t tcgetsid(int descriptor);
