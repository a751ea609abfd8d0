// User and kernel time: which of the two grows depends on what the process does.

#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long microseconds(struct timeval time) { return (long long)time.tv_sec * 1000000 + time.tv_usec; }

static void compute(void) {
    for (volatile int i = 0; i < 100000; ++i) continue;
}

static void ask_the_kernel(void) {
    for (int i = 0; i < 5000; ++i) getppid();
}

static void let_others_run(void) {
    for (int i = 0; i < 100; ++i) sched_yield();
}

static void measure(const char *what, void (*work)(void)) {
    struct rusage before, after;
    unsigned long long start, end;
    getrusage(RUSAGE_SELF, &before);
    clock_cycles(&start);
    work();
    clock_cycles(&end);
    getrusage(RUSAGE_SELF, &after);
    const long long user = microseconds(after.ru_utime) - microseconds(before.ru_utime);
    const long long kernel = microseconds(after.ru_stime) - microseconds(before.ru_stime);
    const long long all = (long long)(end - start), missing = all - user - kernel;  // the scheduler took some
    printf("%s: %s, all of it: %d\n", what, user > 2 * kernel ? "user" : kernel > 2 * user ? "kernel" : "both",
           missing > -all / 10 && missing < all / 10);
    printf("  switches: own %d, preempted %d\n", after.ru_nvcsw - before.ru_nvcsw > 5, after.ru_nivcsw - before.ru_nivcsw > 5);
}

static void rest(void) { usleep(300000); }

int main(void) {
    measure("computing", compute);
    measure("asking", ask_the_kernel);
    measure("yielding", let_others_run);  // from one turn to the next, the time is the scheduler's

    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    const clock_t cpu = clock();
    rest();
    getrusage(RUSAGE_SELF, &after);
    printf("resting costs little: %d %d\n", microseconds(after.ru_utime) - microseconds(before.ru_utime) < 20000,
           clock() - cpu < 50000);

    if (fork() == 0) {
        for (int i = 0; i < 3; ++i) compute();
        _exit(0);
    }
    wait(NULL);
    struct tms used;
    struct rusage children;
    times(&used);
    getrusage(RUSAGE_CHILDREN, &children);
    printf("children: %d %d\n", used.tms_cutime > used.tms_cstime, microseconds(children.ru_utime) > 300000);
    return 0;
}
