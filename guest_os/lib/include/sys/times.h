#pragma once

#include <sys/types.h>

struct tms {
    clock_t tms_utime, tms_stime;    // of the process
    clock_t tms_cutime, tms_cstime;  // of its children that have been waited for
};

clock_t times(struct tms *used);  // in ticks: sysconf(_SC_CLK_TCK) a second, 100
