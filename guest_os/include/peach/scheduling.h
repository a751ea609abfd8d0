#pragma once
// What the scheduling calls speak of: sched_parameters() of one process, sched_settings() of the policies.

#include <stdint.h>

#define TICKETS_DEFAULT 100
#define TICKETS_MAX 1000000
#define NICE_MIN (-20)
#define NICE_MAX 19
#define MLFQ_LEVELS_MAX 8

// fork passes tickets and nice on; the length is declared by each process for itself.
struct sched_parameters {
    uint64_t length_cycles;  // how long it says that it will run, from now on: for SJF and STCF. 0: it does not say
    uint32_t tickets;        // for lottery and stride, from 1
    int32_t nice;            // changing it sets the tickets: 100 for 0, and a quarter more for each step down
};

struct sched_settings {
    uint32_t quantum_cycles;                   // the quantum, as sched() sets it
    uint32_t mlfq_levels;                      // from 1
    uint32_t mlfq_quantum[MLFQ_LEVELS_MAX];    // cycles at each level; 0: the quantum, doubled with every level
    uint32_t mlfq_allotment[MLFQ_LEVELS_MAX];  // quanta that a process may use at a level before it goes down, from 1
    uint32_t boost_cycles;                     // how often MLFQ puts all on level 0; 0: never
    uint32_t seed;                             // of the lottery's random numbers
    uint64_t boost_from;                       // the first boost comes boost_cycles after this (if it is to come)
};
