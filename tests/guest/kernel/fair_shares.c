// A user who wants more than his share: of the machine, of slots, of CPU time.

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { USER = 1000 };

int job_start(unsigned low, unsigned high);

static void compute(int steps) {
    for (volatile int i = 0; i < steps; i++) {
    }
}

// ---- alarms: as many as there can be, as often as can be ----

static void alarm_all_the_time(void) {
    signal(SIGALRM, SIG_IGN);
    setuid(USER);
    ualarm(1, 1);
    for (;;) pause();
}

static void alarms(void) {
    int pids[20];
    for (int i = 0; i < 20; i++) {
        pids[i] = fork();
        if (pids[i] == 0) alarm_all_the_time();
    }
    compute(20000);
    for (int i = 0; i < 20; i++) kill(pids[i], SIGKILL);
    for (int i = 0; i < 20; i++) waitpid(pids[i], NULL, 0);
    puts("others can still compute");
}

static const struct {
    const char *name;
    void (*action)(void);
} actions[] = {{"alarms", alarms}};

int main(int count, char **words) {
    for (unsigned i = 0; count == 2 && i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(words[1], actions[i].name) == 0) actions[i].action();
    }
    return 0;
}
