#pragma once

#include <stddef.h>
#include <stdint.h>

typedef int ssize_t;
typedef int pid_t;
typedef int off_t;
typedef unsigned mode_t;
typedef unsigned ino_t;
typedef unsigned dev_t;
typedef unsigned nlink_t;
typedef unsigned uid_t;
typedef unsigned gid_t;
typedef unsigned blksize_t;
typedef unsigned blkcnt_t;
typedef long time_t;
typedef long clock_t;
typedef unsigned useconds_t;
typedef long suseconds_t;
typedef unsigned id_t;
typedef int clockid_t;
typedef unsigned sigset_t;  // a bit for each signal
typedef struct __pthread *pthread_t;

// Of <time.h> and <sys/time.h>; other headers need them, too.
struct timespec {
    time_t tv_sec;
    long tv_nsec;
};
struct timeval {
    time_t tv_sec;
    long tv_usec;
};

typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned u_int;
typedef unsigned long u_long;
