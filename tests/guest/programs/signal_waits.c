// Waiting for signals, and for files and signals at once.

#include <sys/time.h>  // first: select() must know the same struct timeval whatever the order
#include <sys/select.h>

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

_Static_assert(_Generic(&select, int (*)(int, fd_set *, fd_set *, fd_set *, struct timeval *): 1), "");

static sigset_t nothing, both;
static volatile sig_atomic_t handled;
static void note(int signal) { handled = handled * 100 + signal; }

static void prepare(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note;
    sigaction(SIGUSR1, &action, NULL);
    sigemptyset(&nothing);
    sigemptyset(&both);
    sigaddset(&both, SIGUSR1);
    sigaddset(&both, SIGUSR2);
    sigprocmask(SIG_BLOCK, &both, NULL);
}

static pid_t child_sends(int signal, unsigned after) {
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        usleep(after);
        kill(getppid(), signal);
        _exit(0);
    }
    return child;
}

// ---- files and signals ----

static const char *reason(int result) { return result >= 0 ? "" : errno == EINTR ? " EINTR" : strerror(errno); }

static void polling(void) {
    static const struct timespec no_time = {0, 0}, soon = {0, 20000000}, wrong = {0, 1000000000};
    int ends[2];
    pipe(ends);
    struct pollfd asked = {.fd = ends[0], .events = POLLIN};
    printf("ppoll: %d", ppoll(&asked, 1, &soon, &nothing));
    const int result = ppoll(&asked, 1, &wrong, &nothing);
    printf(" %d %d\n", result, errno == EINVAL);
    raise(SIGUSR1);
    int ready = ppoll(&asked, 1, NULL, &nothing);
    printf("a signal waits: %d%s, handled %d\n", ready, reason(ready), handled);
    handled = 0;
    raise(SIGUSR1);
    ready = ppoll(&asked, 1, &no_time, NULL);
    printf("no mask: %d, handled %d\n", ready, handled);
    ready = ppoll(&asked, 1, &no_time, &nothing);
    printf("no time: %d%s, handled %d\n", ready, reason(ready), handled);
    write(ends[1], "x", 1);
    printf("a file is ready: %d", ppoll(&asked, 1, NULL, &nothing));
    fd_set set;
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    printf(" %d", pselect(ends[0] + 1, &set, NULL, NULL, NULL, &nothing));
    printf(" %d\n", FD_ISSET(ends[0], &set) != 0);
    sigset_t now;
    sigprocmask(SIG_BLOCK, NULL, &now);
    printf("the mask is as it was: %d\n", sigismember(&now, SIGUSR1));
    close(ends[0]);
    close(ends[1]);
}

// The child answers each byte with a signal, at once: none may be missed, whenever it comes.
static void no_signal_is_missed(void) {
    int ends[2], interrupted = 0;
    pipe(ends);
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        char byte;
        close(ends[1]);
        while (read(ends[0], &byte, 1) == 1) kill(getppid(), SIGUSR1);
        _exit(0);
    }
    for (int i = 0; i < 50; i++) {
        write(ends[1], "x", 1);
        handled = 0;
        interrupted += pselect(0, NULL, NULL, NULL, NULL, &nothing) < 0 && errno == EINTR && handled == SIGUSR1;
    }
    close(ends[0]);
    close(ends[1]);
    waitpid(child, NULL, 0);
    printf("pselect: %d of 50 interrupted\n", interrupted);
}

// ---- signals alone ----

static void waiting(void) {
    static const struct timespec no_time = {0, 0}, soon = {0, 20000000}, long_time = {1000, 0}, wrong = {0, -1};
    siginfo_t information;
    int signal = sigtimedwait(&both, &information, &no_time);
    printf("none: %d %d", signal, errno == EAGAIN);
    signal = sigtimedwait(&both, NULL, &soon);
    printf(" %d %d", signal, errno == EAGAIN);
    signal = sigtimedwait(&both, NULL, &wrong);
    printf(" %d %d\n", signal, errno == EINVAL);

    raise(SIGUSR2);
    raise(SIGUSR1);
    handled = 0;
    printf("two wait: %d", sigtimedwait(&both, &information, &no_time));
    printf(" %d %d", information.si_signo, information.si_pid == getpid());
    printf(", then %d", sigwaitinfo(&both, &information));
    printf(" %d, then %d, handled %d\n", information.si_signo, sigtimedwait(&both, NULL, &no_time), handled);

    pid_t child = child_sends(SIGUSR2, 20000);
    printf("from a child: %d", sigwaitinfo(&both, &information));
    printf(" %d %d\n", information.si_pid == child, information.si_code == SI_USER);
    waitpid(child, NULL, 0);
    child = child_sends(SIGUSR1, 20000);
    printf("in time: %d", sigtimedwait(&both, &information, &long_time));
    printf(" %d\n", information.si_pid == child);
    waitpid(child, NULL, 0);

    struct sigaction action;
    sigaction(SIGUSR1, NULL, &action);
    printf("the handler is as it was: %d\n", action.sa_handler == note);

    sigset_t second;
    sigemptyset(&second);
    sigaddset(&second, SIGUSR2);
    sigprocmask(SIG_SETMASK, &second, NULL);
    child = child_sends(SIGUSR1, 20000);
    handled = 0;
    signal = sigwaitinfo(&second, &information);
    printf("another one: %d%s, handled %d\n", signal, reason(signal), handled);
    waitpid(child, NULL, 0);
    sigprocmask(SIG_SETMASK, &both, NULL);
}

// ---- each thread has its own wait ----

static sem_t taken;

static void *wait_for(void *set) {
    long all = 0;
    for (int i = 0; i < 3; i++) {
        int signal = 0;
        all = all * 100 + (sigwait(set, &signal) == 0 ? signal : -1);
        sem_post(&taken);
    }
    return (void *)all;
}

static void several_threads(void) {
    static const int signals[] = {SIGUSR1, SIGUSR2};
    sigset_t sets[2];
    pthread_t threads[2];
    sem_init(&taken, 0, 0);
    for (int i = 0; i < 2; i++) {
        sigemptyset(&sets[i]);
        sigaddset(&sets[i], signals[i]);
        pthread_create(&threads[i], NULL, wait_for, &sets[i]);
    }
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 2; i++) kill(getpid(), signals[i]);
        for (int i = 0; i < 2; i++) sem_wait(&taken);
    }
    for (int i = 0; i < 2; i++) {
        void *result;
        pthread_join(threads[i], &result);
        printf("thread %d: %ld\n", i, (long)result);
    }
}

int main(void) {
    prepare();
    polling();
    no_signal_is_missed();
    waiting();
    several_threads();
    return 0;
}
