#pragma once

#include <sys/types.h>
#include <time.h>

struct timeval {
    time_t tv_sec;
    long tv_usec;
};

struct timezone {
    int tz_minuteswest, tz_dsttime;
};

struct itimerval {
    struct timeval it_interval;
    struct timeval it_value;
};

#define ITIMER_REAL 0  // the only one: SIGALRM

int gettimeofday(struct timeval *now, void *zone);
int getitimer(int which, struct itimerval *value);
int setitimer(int which, const struct itimerval *value, struct itimerval *old_value);

#define timeradd(a, b, sum)                              \
    do {                                                 \
        (sum)->tv_sec = (a)->tv_sec + (b)->tv_sec;       \
        (sum)->tv_usec = (a)->tv_usec + (b)->tv_usec;    \
        if ((sum)->tv_usec >= 1000000) {                 \
            (sum)->tv_sec++;                             \
            (sum)->tv_usec -= 1000000;                   \
        }                                                \
    } while (0)
#define timersub(a, b, difference)                            \
    do {                                                      \
        (difference)->tv_sec = (a)->tv_sec - (b)->tv_sec;     \
        (difference)->tv_usec = (a)->tv_usec - (b)->tv_usec;  \
        if ((difference)->tv_usec < 0) {                      \
            (difference)->tv_sec--;                           \
            (difference)->tv_usec += 1000000;                 \
        }                                                     \
    } while (0)
