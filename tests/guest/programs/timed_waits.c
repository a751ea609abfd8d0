// Waits with a limit: one that has passed, and one that is no time at all.

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *name(int error) {
    switch (error) {
        case 0: return "0";
        case EINVAL: return "EINVAL";
        case ETIMEDOUT: return "ETIMEDOUT";
        default: return strerror(error);
    }
}

static int wait_for_condition(const struct timespec *limit) {
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
    pthread_mutex_lock(&mutex);
    const int error = pthread_cond_timedwait(&condition, &mutex, limit);
    return pthread_mutex_unlock(&mutex) == 0 ? error : -1;
}

static int wait_for_mutex(const struct timespec *limit) {
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    const int error = pthread_mutex_timedlock(&mutex, limit);
    return pthread_mutex_unlock(&mutex) == 0 ? error : -1;
}

static int wait_for_semaphore(const struct timespec *limit) {
    sem_t semaphore;
    sem_init(&semaphore, 0, 0);
    return sem_timedwait(&semaphore, limit) == 0 ? 0 : errno;
}

static int wait_by(clockid_t clock) {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t condition;
    pthread_condattr_t attributes;
    struct timespec limit;
    pthread_condattr_init(&attributes);
    if (pthread_condattr_setclock(&attributes, clock) != 0) return -1;
    pthread_cond_init(&condition, &attributes);
    clock_gettime(clock, &limit);
    limit.tv_nsec += 5000000;
    if (limit.tv_nsec >= 1000000000) limit.tv_sec++, limit.tv_nsec -= 1000000000;
    pthread_mutex_lock(&mutex);
    int error = 0;
    while (error == 0) error = pthread_cond_timedwait(&condition, &mutex, &limit);
    pthread_mutex_unlock(&mutex);
    struct timespec now;
    clock_gettime(clock, &now);
    printf("late enough: %d, ", now.tv_sec > limit.tv_sec || now.tv_nsec >= limit.tv_nsec);
    return error;
}

int main(void) {
    static const struct timespec limits[] = {{0, 0}, {-1, 0}, {-5, 999999999}, {0, 1000000000}, {0, -1}};
    for (unsigned i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        printf("%d s %d ns: ", (int)limits[i].tv_sec, (int)limits[i].tv_nsec);
        printf("%s ", name(wait_for_condition(&limits[i])));
        printf("%s ", name(wait_for_mutex(&limits[i])));
        printf("%s\n", name(wait_for_semaphore(&limits[i])));
    }
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    printf("a free mutex needs no limit: %s\n", name(pthread_mutex_timedlock(&mutex, &limits[3])));
    printf("real time: %s\n", name(wait_by(CLOCK_REALTIME)));
    printf("monotonic: %s\n", name(wait_by(CLOCK_MONOTONIC)));
    pthread_condattr_t attributes;
    clockid_t clock;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_condattr_getclock(&attributes, &clock);
    printf("clock: %d", clock == CLOCK_MONOTONIC);
    printf(", of the process: %s\n", name(pthread_condattr_setclock(&attributes, CLOCK_PROCESS_CPUTIME_ID)));
    return 0;
}
