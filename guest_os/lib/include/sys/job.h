#pragma once
// Peach's own: jobs for experiments with scheduling, which compute and block for exact times.
//
// A unit is a number of user instructions, and so many cycles of sleep: under the book clock, where only user instructions
// take time, both are the same. From its arrival to its end a job executes exactly the units that it is told; the ecall
// that ends a phase takes none.

#define JOB_UNIT 1000     // instructions, if nobody says otherwise
#define JOB_UNIT_LEAST 8  // and even
#define JOB_PHASES_MAX 16

struct job {
    unsigned count;                  // of phases
    unsigned units[JOB_PHASES_MAX];  // computes, blocks, computes, ... for so many; to compute for 0 takes 8 instructions
};

unsigned job_length(const struct job *job);  // how many units it computes

// Sleeps until the cycle of the arrival, if that is to come; accounts of the process begin there. Then does the job, and
// the process ends.
_Noreturn void job_run(const struct job *job, unsigned unit, unsigned long long arrival);
