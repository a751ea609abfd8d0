// A user who wants more than his share: of the machine, of slots, of CPU time.

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/process_status.h>
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

// ---- threads: those that have ended take no room ----

static volatile int may_end;

static void *wait_for_the_end(void *argument) {
    while (!may_end) usleep(1000);
    return argument;
}

static int threads_at_once(void) {
    pthread_t threads[20];
    int count = 0;
    may_end = 0;
    while (count < 20 && pthread_create(&threads[count], NULL, wait_for_the_end, NULL) == 0) count++;
    may_end = 1;
    for (int i = 0; i < count; i++) pthread_join(threads[i], NULL);
    usleep(20000);
    return count;
}

static void threads(void) {
    const struct rlimit eight = {8, 8};
    setrlimit(RLIMIT_NPROC, &eight);
    setuid(USER);
    const int first = threads_at_once(), second = threads_at_once(), pid = fork();
    if (pid == 0) _exit(0);
    printf("%d, again %d, and fork: %d\n", first, second, pid > 0);
}

// ---- job: who begins his accounts anew does not get more time ----

static void job(void) {
    const struct rlimit one_second = {1, 1};
    int status;
    const int pid = fork();
    if (pid == 0) {
        setrlimit(RLIMIT_CPU, &one_second);
        for (int i = 0; i < 30; i++) {
            compute(20000);
            job_start(0, 0);
        }
        _exit(0);
    }
    waitpid(pid, &status, 0);
    printf("signal %d\n", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

// ---- limit: what several threads use together costs the kernel little to watch ----

static void *compute_for_ever(void *argument) {
    for (;;) {
    }
    return argument;
}

static void limit(void) {
    const struct rlimit two_seconds = {1, 2};
    int status;
    struct rusage usage;
    const int pid = fork();
    if (pid == 0) {
        pthread_t thread;
        setrlimit(RLIMIT_CPU, &two_seconds);
        signal(SIGXCPU, SIG_IGN);
        for (int i = 0; i < 3; i++) pthread_create(&thread, NULL, compute_for_ever, NULL);
        compute_for_ever(NULL);
    }
    wait4(pid, &status, 0, &usage);
    const long kernel = usage.ru_stime.tv_sec * 1000000 + usage.ru_stime.tv_usec;
    printf("signal %d, the kernel took %s\n", WTERMSIG(status), kernel < 1000000 ? "little" : "much");
}

// ---- tickets: with a nice value a user does not get those back that root has taken ----

static void tickets(void) {
    struct sched_parameters parameters, old;
    sched_parameters(0, NULL, &parameters);
    parameters.tickets = 1;
    sched_parameters(0, &parameters, &old);
    setuid(USER);
    nice(1);
    sched_parameters(0, NULL, &parameters);
    printf("%u, nice %d\n", parameters.tickets, parameters.nice);
}

// ---- nice: it is a whole process that is nice ----

static void nice_values(void) {
    pthread_t thread;
    struct process_status status;
    may_end = 0;
    pthread_create(&thread, NULL, wait_for_the_end, NULL);
    nice(7);
    pthread_create(&thread, NULL, wait_for_the_end, NULL);
    for (int slot = 0, found; (found = process_status(slot, &status)) >= 0; slot++) {
        if (found == 1 && status.process == getpid()) printf("%d ", status.nice);
    }
    puts("");
}

static const struct {
    const char *name;
    void (*action)(void);
} actions[] = {{"alarms", alarms}, {"threads", threads}, {"job", job},
               {"limit", limit},   {"tickets", tickets}, {"nice", nice_values}};

int main(int count, char **words) {
    for (unsigned i = 0; count == 2 && i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(words[1], actions[i].name) == 0) actions[i].action();
    }
    return 0;
}
