// burn N [unit]: computes for exactly N units (of 1,000 instructions), from the arrival to the end.

#include <stdio.h>
#include <stdlib.h>
#include <sys/job.h>

int main(int argc, char *argv[]) {
    const int units = argc > 1 ? atoi(argv[1]) : -1;
    const int unit = argc > 2 ? atoi(argv[2]) : JOB_UNIT;
    if (units < 0 || unit < JOB_UNIT_LEAST || unit % 2 != 0) {
        fprintf(stderr, "usage: burn N [instructions of a unit, even, at least %d]\n", JOB_UNIT_LEAST);
        return 2;
    }
    const struct job job = {.count = 1, .units = {(unsigned)units}};
    job_run(&job, (unsigned)unit, 0);
}
