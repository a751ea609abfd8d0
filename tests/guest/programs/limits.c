// What a process may use, and what it has used.

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <unistd.h>

static FILE *tmpfile_here(void) {
    FILE *file = fopen("limits.tmp", "w");
    unlink("limits.tmp");
    return file;
}

static void report(const char *what, int status) {
    if (WIFEXITED(status)) printf("%s: exit %d\n", what, WEXITSTATUS(status));
    else printf("%s: signal %d\n", what, WTERMSIG(status));
}

static void run(const char *what, void (*body)(void)) {
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        body();
        exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    report(what, status);
}

static void set(int resource, unsigned soft, unsigned hard) {
    const struct rlimit limit = {soft, hard};
    if (setrlimit(resource, &limit) < 0) exit(90);
}

static void spin(void) {
    for (volatile int i = 0;; i++) continue;
}

static void cpu_time(void) {
    set(RLIMIT_CPU, 1, 5);
    spin();
}

static void hard_cpu_time(void) {
    set(RLIMIT_CPU, 1, 2);
    signal(SIGXCPU, SIG_IGN);
    spin();
}

static int deepen(volatile int depth) {
    volatile char frame[1024];
    frame[depth % 1024] = 1;
    return depth == 0 ? frame[0] : deepen(depth - 1) + frame[1];
}

static void deep(void) { exit(deepen(400) == -1); }

static void deep_without_stack(void) {
    set(RLIMIT_STACK, 65536, 1 << 20);
    deepen(400);
}

static void memory(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_AS, &limit);
    set(RLIMIT_AS, 50 << 20, 60 << 20);
    char *volatile much = malloc(100 << 20);
    printf("malloc: %d %d\n", much == NULL, errno == ENOMEM);
    fflush(stdout);
}

static void file_size(void) {
    char block[100] = {0};
    FILE *file = tmpfile_here();
    const int descriptor = fileno(file);
    set(RLIMIT_FSIZE, 250, 250);
    signal(SIGXFSZ, SIG_IGN);
    for (int i = 0; i < 4; i++) {
        const int written = (int)write(descriptor, block, sizeof block);
        printf("%d%s ", written, written < 0 && errno == EFBIG ? " EFBIG" : "");
    }
    printf("\n");
    const int longer = ftruncate(descriptor, 251), error = errno;
    printf("ftruncate: %d %d %d\n", longer, error == EFBIG, ftruncate(descriptor, 250));
    fflush(stdout);
    signal(SIGXFSZ, SIG_DFL);
    write(descriptor, block, sizeof block);
}

static void truncated(void) {
    close(open("limits.tmp", O_WRONLY | O_CREAT, 0600));
    set(RLIMIT_FSIZE, 250, 250);
    signal(SIGXFSZ, SIG_IGN);
    const int longer = truncate("limits.tmp", 1000), error = errno;
    printf("truncate: %d %d %d\n", longer, error == EFBIG, truncate("limits.tmp", 250));
    fflush(stdout);
    signal(SIGXFSZ, SIG_DFL);
    truncate("limits.tmp", 251);
}

static void descriptors(void) {
    set(RLIMIT_NOFILE, 6, 6);
    int last = 0, count = 0;
    while ((last = dup(1)) >= 0) count++;
    printf("at most: %d, then %d\n", count <= 3, errno == EMFILE);
    printf("dup2: %d %d\n", dup2(1, 6), errno == EBADF);
    fflush(stdout);
}

static void wrong(void) {
    struct rlimit limit = {5, 4};
    printf("soft above hard: %d %d\n", setrlimit(RLIMIT_CPU, &limit), errno == EINVAL);
    printf("no such limit: %d %d\n", getrlimit(1000, &limit), errno == EINVAL);
    set(RLIMIT_CPU, 100, 200);
    getrlimit(RLIMIT_CPU, &limit);
    printf("told: %d %d\n", (int)limit.rlim_cur, (int)limit.rlim_max);
    fflush(stdout);
    if (fork() == 0) {
        getrlimit(RLIMIT_CPU, &limit);
        printf("inherited: %d %d\n", (int)limit.rlim_cur, (int)limit.rlim_max);
        exit(0);
    }
    wait(NULL);
}

static void work(int amount) {
    for (volatile int i = 0; i < amount; i++) continue;
}

static void used(void) {
    struct rusage before, after, children;
    struct tms times_now;
    getrusage(RUSAGE_SELF, &before);
    for (int i = 0; i < 1000; i++) work(100);
    getrusage(RUSAGE_SELF, &after);
    getrusage(RUSAGE_CHILDREN, &children);
    const long now = (after.ru_utime.tv_sec + after.ru_stime.tv_sec) * 1000000 + after.ru_utime.tv_usec + after.ru_stime.tv_usec;
    const long then = (before.ru_utime.tv_sec + before.ru_stime.tv_sec) * 1000000 + before.ru_utime.tv_usec + before.ru_stime.tv_usec;
    printf("more: %d, children: %d, faults: %d\n", now >= then, children.ru_utime.tv_sec + children.ru_stime.tv_sec >= 2,
           after.ru_minflt > 0);
    printf("times: %d %d\n", times(&times_now) != -1, times_now.tms_cutime + times_now.tms_cstime >= 200);
    printf("nobody: %d %d\n", getrusage(55, &after), errno == EINVAL);
}

static void niceness(void) {
    const int before = getpriority(PRIO_PROCESS, 0);  // whoever runs this may be nice already
    const int after = nice(1);
    printf("nice: %d %d", after - before, getpriority(PRIO_PROCESS, 0) == after);
    printf(" %d\n", nice(100));
    fflush(stdout);
}

int main(void) {
    run("CPU time", cpu_time);
    run("hard CPU time", hard_cpu_time);
    run("deep", deep);
    run("deep without stack", deep_without_stack);
    run("memory", memory);
    run("file size", file_size);
    run("truncated", truncated);
    unlink("limits.tmp");
    run("descriptors", descriptors);
    run("wrong", wrong);
    used();
    run("niceness", niceness);
    return 0;
}
