#pragma once
// Signal numbers, shared by kernel and libc. Every signal ends the process it is sent to, unless the process ignores
// it (the signal() system call) or it is one that is ignored by default: SIGCHLD, SIGCONT, SIGWINCH.
// Not modelled yet: handlers, stopping and continuing.

#define SIGHUP 1
#define SIGINT 2  // ^C, to every process of the terminal's foreground group
#define SIGQUIT 3
#define SIGILL 4   // not an instruction, or one for the kernel only
#define SIGTRAP 5  // ebreak
#define SIGABRT 6
#define SIGBUS 7  // misaligned, or no memory behind the address
#define SIGFPE 8
#define SIGKILL 9  // cannot be ignored
#define SIGUSR1 10
#define SIGSEGV 11  // an address that the process may not use so
#define SIGUSR2 12
#define SIGPIPE 13  // wrote to a pipe that nobody can read
#define SIGALRM 14
#define SIGTERM 15
#define SIGCHLD 17
#define SIGCONT 18
#define SIGSTOP 19
#define SIGTSTP 20
#define SIGTTIN 21
#define SIGTTOU 22
#define SIGWINCH 28
#define NSIG 32

// Dispositions for the signal() system call. A fork inherits them; execve keeps what is ignored ignored.
#define SIGNAL_DEFAULT 0
#define SIGNAL_IGNORE 1
