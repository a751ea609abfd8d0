// Waiting for a signal instead of handling it. The caller has blocked the signals, so each stays until the wait lets it
// in; a handler, which meanwhile stands for what the process does about it otherwise, only notes what has come.

#include "thread.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

// What one wait has seen. Those that come while the thread sleeps may be several.
struct __signal_wait {
    volatile sigset_t arrived;
    siginfo_t information[NSIG];
};

static void note(int signal, siginfo_t *information, void *context) {
    (void)context;
    struct __signal_wait *wait = __this_thread()->signal_wait;
    if (wait == NULL) return;
    wait->information[signal] = *information;
    wait->arrived |= SIGNAL_BIT(signal);
}

// ---- the handler's place ----

// Of each signal: how many threads wait for it, and what the process does about it otherwise.
static unsigned waiting[NSIG];
static struct sigaction usual[NSIG];
struct __lock __waits_lock;  // guards both

static void take_places(sigset_t set) {
    const struct sigaction action = {.sa_sigaction = note, .sa_mask = ~0u, .sa_flags = SA_SIGINFO};
    HOLD(&__waits_lock);
    for (int i = 1; i < NSIG; ++i) {
        if (set & SIGNAL_BIT(i) && waiting[i]++ == 0) sigaction(i, &action, &usual[i]);
    }
}

static void leave_places(sigset_t set) {
    HOLD(&__waits_lock);
    for (int i = 1; i < NSIG; ++i) {
        if (set & SIGNAL_BIT(i) && --waiting[i] == 0) sigaction(i, &usual[i], NULL);
    }
}

// ---- the wait ----

static int first_of(sigset_t set) {
    int signal = 1;
    while ((set & SIGNAL_BIT(signal)) == 0) ++signal;
    return signal;
}

// One that has come already. Another thread that waits for it may be faster, and then it is not there any more.
static void take_pending(sigset_t set) {
    sigset_t pending;
    sigpending(&pending);
    if ((pending & set) == 0) return;
    const sigset_t one = SIGNAL_BIT(first_of(pending & set));
    sigprocmask(SIG_UNBLOCK, &one, NULL);
    sigprocmask(SIG_BLOCK, &one, NULL);
}

// Until a handler has run, of these signals or others, or until the time is over: then false.
static bool sleep_with(sigset_t set, const struct timespec *limit) {
    sigset_t mask;
    sigprocmask(SIG_BLOCK, NULL, &mask);
    mask &= ~set;
    if (limit == NULL) return sigsuspend(&mask) < 0;
    return ppoll(NULL, 0, limit, &mask) < 0;
}

// Of several one is the answer. The others wait on, as if this thread had sent them.
static int answer(struct __signal_wait *wait, siginfo_t *information) {
    const int signal = first_of(wait->arrived);
    for (int i = signal + 1; i < NSIG; ++i) {
        if (wait->arrived & SIGNAL_BIT(i)) raise(i);
    }
    if (information != NULL) *information = wait->information[signal];
    return signal;
}

int sigtimedwait(const sigset_t *set, siginfo_t *information, const struct timespec *limit) {
    unsigned long long unused;
    if (limit != NULL && (limit->tv_sec < 0 || __limit_of(limit, &unused) != 0)) {
        errno = EINVAL;
        return -1;
    }
    struct __signal_wait wait = {.arrived = 0};
    struct __pthread *me = __this_thread();
    me->signal_wait = &wait;
    take_places(*set);
    take_pending(*set);
    bool in_time = true;
    if (wait.arrived == 0) in_time = sleep_with(*set, limit);
    leave_places(*set);
    me->signal_wait = NULL;
    if (wait.arrived != 0) return answer(&wait, information);
    errno = in_time ? EINTR : EAGAIN;
    return -1;
}

int sigwaitinfo(const sigset_t *set, siginfo_t *information) { return sigtimedwait(set, information, NULL); }

int sigwait(const sigset_t *set, int *signal) {
    do *signal = sigwaitinfo(set, NULL);
    while (*signal < 0);
    return 0;
}
