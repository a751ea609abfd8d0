// wait4, sigwait, vfork: ways of waiting that not every program knows.

#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// Until the system says that this process has computed for so long: it may count in ticks.
static void compute(long microseconds) {
    struct rusage used;
    do {
        for (volatile int i = 0; i < 100000; ++i) continue;
        getrusage(RUSAGE_SELF, &used);
    } while (used.ru_utime.tv_sec == 0 && used.ru_utime.tv_usec < microseconds);
}

int main(void) {
    int status;
    struct rusage used;
    const pid_t busy = fork();
    if (busy == 0) {
        compute(1500);
        _exit(4);
    }
    printf("%d ", wait4(busy, &status, 0, &used) == busy);
    printf("status %d, has computed %d\n", WEXITSTATUS(status), used.ru_utime.tv_sec > 0 || used.ru_utime.tv_usec > 1000);
    printf("%d\n", wait3(&status, WNOHANG, NULL));

    sigset_t set;
    int signal = 0;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR2);
    printf("%d ", sigwait(&set, &signal));
    printf("%d\n", signal);
    const pid_t parent = getpid();
    if (fork() == 0) {
        usleep(10000);
        kill(parent, SIGUSR1);
        _exit(0);
    }
    sigwait(&set, &signal);
    printf("%d\n", signal);
    wait(NULL);
    sigpending(&set);
    printf("left over %d %d\n", sigismember(&set, SIGUSR1), sigismember(&set, SIGUSR2));

    const pid_t child = vfork();
    if (child == 0) _exit(9);
    waitpid(child, &status, 0);
    printf("%d\n", WEXITSTATUS(status));
    return 0;
}
