#pragma once

#include <peach/signal.h>
#include <sys/types.h>
#include <time.h>

typedef int sig_atomic_t;
typedef void (*sighandler_t)(int);
typedef sighandler_t sig_t;

#define SIG_DFL ((sighandler_t)SIGNAL_DEFAULT)
#define SIG_IGN ((sighandler_t)SIGNAL_IGNORE)
#define SIG_ERR ((sighandler_t)-1)

// What other systems say of a fault in si_code; here that is SI_KERNEL.
#define SEGV_MAPERR 1
#define SEGV_ACCERR 2
#define FPE_INTDIV 1
#define FPE_FLTDIV 3
#define ILL_ILLOPC 1
#define BUS_ADRALN 1

struct sigaction {
    union {
        sighandler_t sa_handler;
        void (*sa_sigaction)(int signal, siginfo_t *info, void *context);
    };
    sigset_t sa_mask;
    int sa_flags;
    void (*sa_restorer)(void);  // libc's business
};

int kill(pid_t pid, int signal);
int killpg(pid_t group, int signal);
int raise(int signal);
sighandler_t signal(int signal, sighandler_t handler);
int sigaction(int signal, const struct sigaction *action, struct sigaction *old_action);
int siginterrupt(int signal, int interrupts);

int sigemptyset(sigset_t *set);
int sigfillset(sigset_t *set);
int sigaddset(sigset_t *set, int signal);
int sigdelset(sigset_t *set, int signal);
int sigismember(const sigset_t *set, int signal);

int sigprocmask(int how, const sigset_t *set, sigset_t *old_set);
int sigpending(sigset_t *set);
int sigsuspend(const sigset_t *set);
int sigwait(const sigset_t *set, int *signal);
int sigwaitinfo(const sigset_t *set, siginfo_t *information);
int sigtimedwait(const sigset_t *set, siginfo_t *information, const struct timespec *limit);

int pthread_kill(pthread_t thread, int signal);
int pthread_sigmask(int how, const sigset_t *set, sigset_t *old_set);

void psignal(int signal, const char *message);
