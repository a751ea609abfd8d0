#pragma once
// The terminal: the console device as programs see it. console.c moves characters by these settings; terminal.c has the
// settings, and knows whose terminal it is.

#include "lock.h"

#include <peach/termios.h>

struct process;

struct terminal {
    struct spinlock lock;  // guards the rest, and what console.c has of its own
    struct termios settings;
    struct winsize size;
    int session;     // whose controlling terminal it is; 0: nobody's
    int foreground;  // the group of that session that may read, and that ^C is for
};

extern struct terminal terminal;

// A background process wants to do something that stops it, with this signal: returns 0 when it may go on, -EINTR or
// -EIO if it may not. terminal.lock is not held.
int terminal_wait_for_foreground(int signal);
void terminal_opened(void);                     // by the current process: its session may take the terminal
bool terminal_is_of(int session);
void terminal_leave(const struct process *p);  // p ends; does its session?

// console.c
void console_forget_input(void);  // terminal.lock is held for these
void console_commit_input(void);
