#pragma once
// Signals, shared by kernel and libc. Behind each number stands what happens if the process has not chosen otherwise.

#define SIGHUP 1      // ends: the terminal has gone
#define SIGINT 2      // ends: ^C, to every process of the terminal's foreground group
#define SIGQUIT 3     // ends: ^backslash, likewise
#define SIGILL 4      // ends: not an instruction, or one for the kernel only
#define SIGTRAP 5     // ends: ebreak
#define SIGABRT 6     // ends: abort()
#define SIGBUS 7      // ends: misaligned, or no memory behind the address
#define SIGFPE 8      // ends: arithmetic; this CPU never raises it, a program may
#define SIGKILL 9     // ends, whatever the process has chosen
#define SIGUSR1 10    // ends
#define SIGSEGV 11    // ends: an address that the process may not use so
#define SIGUSR2 12    // ends
#define SIGPIPE 13    // ends: wrote to a pipe that nobody can read
#define SIGALRM 14    // ends: alarm()
#define SIGTERM 15    // ends: the polite request
#define SIGSTKFLT 16  // ends
#define SIGCHLD 17    // nothing: a child has ended, stopped or continued
#define SIGCONT 18    // continues a stopped process
#define SIGSTOP 19    // stops, whatever the process has chosen
#define SIGTSTP 20    // stops: ^Z
#define SIGTTIN 21    // stops: a background process reads the terminal
#define SIGTTOU 22    // stops: a background process changes the terminal
#define SIGURG 23     // nothing
#define SIGXCPU 24    // ends: more CPU time than RLIMIT_CPU allows
#define SIGXFSZ 25    // ends: a file would get longer than RLIMIT_FSIZE allows
#define SIGVTALRM 26  // ends
#define SIGPROF 27    // ends
#define SIGWINCH 28   // nothing: the window has another size
#define SIGIO 29      // ends
#define SIGPWR 30     // ends
#define SIGSYS 31     // ends
#define NSIG 32

// A set of signals is a word with a bit for each.
#define SIGNAL_BIT(signal) (1u << (signal))

// Instead of the address of a handler.
#define SIGNAL_DEFAULT 0
#define SIGNAL_IGNORE 1

// What a process does about a signal. fork copies it; execve keeps what is ignored and resets the rest.
struct signal_action {
    unsigned handler;     // an address, SIGNAL_DEFAULT or SIGNAL_IGNORE
    unsigned mask;        // blocked too while the handler runs
    unsigned flags;       // SA_...
    unsigned trampoline;  // where the handler returns to: it must call sigreturn()
};

#define SA_NOCLDSTOP 0x00000001  // SIGCHLD: not when a child stops or continues
#define SA_NOCLDWAIT 0x00000002  // SIGCHLD: children leave no zombies
#define SA_SIGINFO 0x00000004    // the handler has three parameters
#define SA_RESTART 0x10000000    // a system call that the handler interrupted starts again
#define SA_NODEFER 0x40000000    // the signal itself is not blocked while its handler runs
#define SA_RESETHAND 0x80000000  // the handler is called once

#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2

#define SI_USER 0       // a process sent it
#define SI_KERNEL 0x80  // a fault, the terminal, an alarm, a limit
#define CLD_EXITED 1
#define CLD_KILLED 2
#define CLD_DUMPED 3  // never
#define CLD_TRAPPED 4  // never
#define CLD_STOPPED 5
#define CLD_CONTINUED 6

// What a handler with SA_SIGINFO gets.
typedef struct {
    int si_signo;
    int si_code;      // SI_..., or for SIGCHLD CLD_...
    int si_pid;       // who sent it, or which child; 0: nobody
    unsigned si_uid;  // and whose process that is
    int si_status;    // of the child: what it gave exit(), or the signal
    void *si_addr;    // of a fault
} siginfo_t;
