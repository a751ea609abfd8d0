// Signals: what POSIX and C offer, on the kernel's few calls.

#include "thread.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

_Static_assert(sizeof(struct sigaction) == sizeof(struct signal_action), "the kernel reads one as the other");

int __sigaction(int signal, const struct sigaction *action, struct sigaction *old_action);
int __setitimer(const unsigned long long set[2], unsigned long long old[2]);

// A handler returns to here: see signal_frame.c in the kernel, which brings all registers back. It counts, for ppoll().
void __signal_trampoline(void);
#define TRAMPOLINE(number)                                                 \
    __asm__(".section .text.__signal_trampoline, \"ax\", @progbits\n"      \
            ".globl __signal_trampoline\n"                                 \
            ".type __signal_trampoline, @function\n__signal_trampoline:\n" \
            "    lw t0, 8(tp)\n"                                           \
            "    addi t0, t0, 1\n"                                         \
            "    sw t0, 8(tp)\n"                                           \
            "    li a5, " #number "\n"                                     \
            "    ecall\n"                                                  \
            ".size __signal_trampoline, .-__signal_trampoline\n.text\n");
TRAMPOLINE(42)
_Static_assert(offsetof(struct __pthread, handlers) == 8, "as the trampoline has it");

int sigaction(int signal, const struct sigaction *action, struct sigaction *old_action) {
    if (action == NULL) return __sigaction(signal, NULL, old_action);
    struct sigaction with_trampoline = *action;
    with_trampoline.sa_restorer = __signal_trampoline;
    return __sigaction(signal, &with_trampoline, old_action);
}

// As on most Unix systems of today: interrupted calls start again, and the handler stays.
sighandler_t signal(int signal, sighandler_t handler) {
    struct sigaction old;
    const struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    return sigaction(signal, &action, &old) < 0 ? SIG_ERR : old.sa_handler;
}

int siginterrupt(int signal, int interrupts) {
    struct sigaction action;
    if (sigaction(signal, NULL, &action) < 0) return -1;
    action.sa_flags = interrupts ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
    return sigaction(signal, &action, NULL);
}

int killpg(pid_t group, int signal) {
    if (group < 0) {
        errno = EINVAL;
        return -1;
    }
    return kill(-group, signal);
}

static int is_number(int signal) {
    if (signal > 0 && signal < NSIG) return 1;
    errno = EINVAL;
    return 0;
}

int sigemptyset(sigset_t *set) {
    *set = 0;
    return 0;
}

int sigfillset(sigset_t *set) {
    *set = ~1u;
    return 0;
}

int sigaddset(sigset_t *set, int signal) {
    if (!is_number(signal)) return -1;
    *set |= SIGNAL_BIT(signal);
    return 0;
}

int sigdelset(sigset_t *set, int signal) {
    if (!is_number(signal)) return -1;
    *set &= ~SIGNAL_BIT(signal);
    return 0;
}

int sigismember(const sigset_t *set, int signal) {
    return is_number(signal) ? (*set & SIGNAL_BIT(signal)) != 0 : -1;
}

void psignal(int signal, const char *message) {
    if (message && message[0]) fprintf(stderr, "%s: ", message);
    fprintf(stderr, "%s\n", strsignal(signal));
}

// ---- jumps out of handlers ----

int __save_mask(sigjmp_buf place, int save_mask) {
    place[4] = (unsigned)save_mask;
    if (save_mask) sigprocmask(SIG_BLOCK, NULL, &place[5]);
    return 0;
}

void siglongjmp(sigjmp_buf place, int value) {
    if (place[4]) sigprocmask(SIG_SETMASK, &place[5], NULL);
    longjmp(place, value);
}

// ---- alarms; a cycle is a microsecond ----

enum { MICROSECONDS_PER_SECOND = 1000000 };

static unsigned long long to_cycles(const struct timeval *time) {
    return (unsigned long long)time->tv_sec * MICROSECONDS_PER_SECOND + (unsigned long long)time->tv_usec;
}

static struct timeval to_time(unsigned long long cycles) {
    return (struct timeval){(time_t)(cycles / MICROSECONDS_PER_SECOND), (long)(cycles % MICROSECONDS_PER_SECOND)};
}

unsigned alarm(unsigned seconds) {
    const unsigned long long set[2] = {(unsigned long long)seconds * MICROSECONDS_PER_SECOND, 0};
    unsigned long long old[2];
    __setitimer(set, old);
    return (unsigned)((old[0] + MICROSECONDS_PER_SECOND - 1) / MICROSECONDS_PER_SECOND);
}

unsigned ualarm(unsigned microseconds, unsigned interval) {
    const unsigned long long set[2] = {microseconds, interval};
    unsigned long long old[2];
    __setitimer(set, old);
    return (unsigned)old[0];
}

int getitimer(int which, struct itimerval *value) { return setitimer(which, NULL, value); }

int setitimer(int which, const struct itimerval *value, struct itimerval *old_value) {
    if (which != ITIMER_REAL || (value && ((unsigned long)value->it_value.tv_usec >= MICROSECONDS_PER_SECOND ||
                                           (unsigned long)value->it_interval.tv_usec >= MICROSECONDS_PER_SECOND))) {
        errno = EINVAL;
        return -1;
    }
    unsigned long long set[2] = {0, 0}, old[2];
    if (value) set[0] = to_cycles(&value->it_value), set[1] = to_cycles(&value->it_interval);
    if (__setitimer(value ? set : NULL, old) < 0) return -1;
    if (old_value) *old_value = (struct itimerval){to_time(old[1]), to_time(old[0])};
    return 0;
}
