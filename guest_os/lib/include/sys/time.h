#pragma once

#include <sys/select.h>
#include <sys/types.h>
#include <time.h>

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

int utimes(const char *path, const struct timeval times[2]);

#define timerisset(time) ((time)->tv_sec != 0 || (time)->tv_usec != 0)
#define timerclear(time) ((time)->tv_sec = (time)->tv_usec = 0)
#define timercmp(a, b, is) ((a)->tv_sec == (b)->tv_sec ? (a)->tv_usec is(b)->tv_usec : (a)->tv_sec is(b)->tv_sec)
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
