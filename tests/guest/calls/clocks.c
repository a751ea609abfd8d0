// Alarms, and limits of CPU time.

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>

#include "check.h"

int __setitimer(const unsigned long long set[2], unsigned long long old[2]);  // the call itself

static volatile int count;
static void note(int signal) { count += signal == SIGALRM; }

static unsigned long long now(void) {
    unsigned long long cycles;
    clock_cycles(&cycles);
    return cycles;
}

// Whatever each one costs: the twentieth comes when it should.
static void in_step(void) {
    const struct itimerval often = {{0, 10000}, {0, 10000}}, never = {0};
    signal(SIGALRM, note);
    raise(SIGALRM);
    setitimer(ITIMER_REAL, &often, NULL);  // now all that is needed has been read from the disk
    count = 0;
    const unsigned long long begin = now();
    setitimer(ITIMER_REAL, &often, NULL);
    while (count < 20) continue;
    const unsigned long long taken = now() - begin;
    CHECK(taken >= 200000 && taken < 205000);
    setitimer(ITIMER_REAL, &never, NULL);
}

// An interval so long that the next time cannot be told in 64 bits.
static void hardly_ever_again(void) {
    const unsigned long long set[2] = {1000, -1ull}, never[2] = {0, 0};
    unsigned long long old[2];
    count = 0;
    __setitimer(set, old);
    for (const unsigned long long end = now() + 20000; now() < end;) continue;
    CHECK(count == 1);
    __setitimer(never, old);
}

static void *spin(void *unused) {
    for (;;) count++;
    return unused;
}

static void look_what_was_used(int signal) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    const long milliseconds = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
                              (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
    _exit(signal == SIGXCPU && milliseconds >= 1000 && milliseconds < 1500 ? 0 : 1);
}

// The limit is for all threads together.
static int spin_in_threads(void) {
    const struct rlimit limit = {1, 100};
    pthread_t thread;
    signal(SIGXCPU, look_what_was_used);
    setrlimit(RLIMIT_CPU, &limit);
    for (int i = 0; i < 3; i++) pthread_create(&thread, NULL, spin, NULL);
    spin(NULL);
    return 2;
}

int main(void) {
    in_step();
    hardly_ever_again();
    CHECK(in_child(spin_in_threads) == 0);
    return report();
}
