#pragma once
// The machine has no calendar: time starts at 0 when it is switched on, and a million cycles count as a second.

#include <stddef.h>
#include <sys/types.h>

#define CLOCKS_PER_SEC 1000000
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1

typedef int clockid_t;

#ifndef __PEACH_TIMESPEC
#define __PEACH_TIMESPEC
struct timespec {
    time_t tv_sec;
    long tv_nsec;
};
#endif

time_t time(time_t *seconds);
clock_t clock(void);
int clock_gettime(clockid_t clock, struct timespec *now);
int nanosleep(const struct timespec *duration, struct timespec *left);
