#pragma once

#include <peach/limits_of_process.h>
#include <sys/time.h>

typedef uint32_t rlim_t;

struct rusage {
    struct timeval ru_utime;  // in user mode
    struct timeval ru_stime;  // in the kernel, working for the process
    long ru_maxrss, ru_minflt, ru_majflt, ru_nvcsw, ru_nivcsw;
};

#define PRIO_PROCESS 0

int getrlimit(int resource, struct rlimit *limit);
int setrlimit(int resource, const struct rlimit *limit);
int getrusage(int who, struct rusage *usage);
int getpriority(int which, int who);
int setpriority(int which, int who, int nice);
