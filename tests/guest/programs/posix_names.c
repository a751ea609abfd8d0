// Small functions of POSIX that few programs call.

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

// ---- threads ----

static void say(void *text) { printf("%s ", (const char *)text); }

static void *leave_from_within(void *how) {
    pthread_cleanup_push(say, "outer");
    pthread_cleanup_push(say, "called by pop");
    pthread_cleanup_pop(1);
    pthread_cleanup_push(say, "never called");
    pthread_cleanup_pop(0);
    pthread_cleanup_push(say, "inner");
    if (how != NULL) pthread_exit(how);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(1);
    return "returned";
}

static void *try_to_lock(void *unused) {
    (void)unused;
    const int error = ftrylockfile(stderr);
    if (error == 0) funlockfile(stderr);
    return error == 0 ? "free" : "taken";
}

static void run(void *(*body)(void *), void *argument) {
    pthread_t thread;
    void *result;
    pthread_create(&thread, NULL, body, argument);
    pthread_join(thread, &result);
    printf("%s\n", (const char *)result);
}

static void threads(void) {
    pthread_rwlockattr_t of_lock;
    pthread_barrierattr_t of_barrier;
    run(leave_from_within, "left");
    run(leave_from_within, NULL);
    run(try_to_lock, NULL);
    flockfile(stderr);
    run(try_to_lock, NULL);
    printf("again %d\n", ftrylockfile(stderr));
    funlockfile(stderr);
    run(try_to_lock, NULL);
    funlockfile(stderr);
    run(try_to_lock, NULL);
    printf("rwlockattr %d %d", pthread_rwlockattr_init(&of_lock), pthread_rwlockattr_setpshared(&of_lock, 77) == EINVAL);
    printf(" %d, ", pthread_rwlockattr_destroy(&of_lock));
    printf("barrierattr %d %d", pthread_barrierattr_init(&of_barrier), pthread_barrierattr_setpshared(&of_barrier, 77) == EINVAL);
    printf(" %d\n", pthread_barrierattr_destroy(&of_barrier));
}

// ---- files ----

static void files(void) {
    mkdir("folder", 0755);
    char name[40];
    for (int i = 0; i < 30; i++) {
        sprintf(name, "folder/file-%d", i);
        close(open(name, O_CREAT | O_WRONLY, 0644));
    }
    DIR *folder = opendir("folder");
    char seen[40] = "";
    long place = 0;
    for (int i = 0; i < 20; i++) {
        if (i == 13) place = telldir(folder);
        const struct dirent *entry = readdir(folder);
        if (i == 13) strcpy(seen, entry->d_name);
    }
    seekdir(folder, place);
    printf("seekdir: %d", strcmp(readdir(folder)->d_name, seen));
    int left = 0;
    while (readdir(folder) != NULL) left++;
    printf(" %d\n", left);
    closedir(folder);
    for (int i = 0; i < 30; i++) {
        sprintf(name, "folder/file-%d", i);
        unlink(name);
    }
    rmdir("folder");

    int ends[2];
    pipe(ends);
    printf("fpathconf: %d", fpathconf(ends[0], _PC_PIPE_BUF) >= 512);
    const long result = fpathconf(-1, _PC_PIPE_BUF);
    printf(" %ld %d\n", result, errno == EBADF);
    printf("ttyname_r: %d\n", ttyname_r(ends[0], name, sizeof name) == ENOTTY);
    close(ends[0]);
    close(ends[1]);
}

// ---- time, numbers, terminals ----

static void times(void) {
    struct timespec begin, end, soon = {0, 3000000};
    clock_gettime(CLOCK_MONOTONIC, &begin);
    printf("clock_nanosleep: %d", clock_nanosleep(CLOCK_MONOTONIC, 0, &soon, NULL));
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_nsec += 3000000;
    if (end.tv_nsec >= 1000000000) end.tv_sec++, end.tv_nsec -= 1000000000;
    printf(" %d", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL));
    clock_gettime(CLOCK_MONOTONIC, &begin);
    printf(" %d", begin.tv_sec > end.tv_sec || (begin.tv_sec == end.tv_sec && begin.tv_nsec >= end.tv_nsec));
    printf(" %d", clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &(struct timespec){1, 0}, NULL));
    printf(" %d", clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &(struct timespec){-1, 0}, NULL) == EINVAL);
    printf(" %d\n", clock_nanosleep(CLOCK_REALTIME, 0, &(struct timespec){0, -1}, NULL) == EINVAL);
    tzset();
}

static void numbers(void) {
    unsigned short state[3] = {1, 2, 3};
    for (int i = 0; i < 5; i++) {
        printf("%.12f ", erand48(state));
        printf("%ld ", nrand48(state));
        printf("%ld %u %u %u\n", jrand48(state), state[0], state[1], state[2]);
    }
}

static void terminals(void) {
    struct termios settings;
    memset(&settings, 0, sizeof settings);
    printf("speeds: %d", (int)cfgetospeed(&settings) == B0);
    printf(" %d %d", cfsetospeed(&settings, B9600), cfsetispeed(&settings, B9600));
    printf(" %d %d", cfgetospeed(&settings) == B9600, cfgetispeed(&settings) == B9600);
    printf(" %d\n", cfsetospeed(&settings, 12345));
}

int main(void) {
    threads();
    files();
    times();
    numbers();
    terminals();
    printf("limits: %d %d %d\n", NGROUPS_MAX >= 8, LOGIN_NAME_MAX >= 9, TTY_NAME_MAX >= 9);
    return 0;
}
