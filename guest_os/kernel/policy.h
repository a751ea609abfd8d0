#pragma once
// Scheduling policies. The scheduler switches processes and knows nothing of policies; a policy keeps the runnable
// processes and chooses, and knows nothing of switches. process_lock is held in all of these functions.
//
//     scheduler.c, swtch.s     mechanism: states, slices, the switch
//     ready_queue.c            what policies are made of
//     policy_*.c               one policy each; the table of all is in policies.c

#include "process.h"

struct policy {
    void (*enqueue)(struct process *p);    // p has become runnable, or its slice is used up: to its queue's tail
    void (*put_back)(struct process *p);   // p was preempted in its slice: to its queue's head
    struct process *(*pick)(int cpu);      // takes out the one to run next on this CPU; null if there is none
    uint64_t (*slice)(struct process *p);  // how long p may run before tick() is asked; NEVER: until it blocks
    bool (*tick)(struct process *p);       // that time is over: must p make room?

    // These may be null. Must `running` make room at once for p, which has just become runnable?
    bool (*preempts)(const struct process *p, const struct process *running);
    void (*start)(uint64_t time);          // the policy has been chosen, or its settings: no process is queued
};

extern const struct policy fifo_policy;
extern const struct policy round_robin_policy;
extern const struct policy sjf_policy;
extern const struct policy stcf_policy;
extern const struct policy mlfq_policy;
extern const struct policy lottery_policy;
extern const struct policy stride_policy;
extern const struct policy per_cpu_policy;

#define MIN_QUANTUM 500  // less, and a process would get nothing done between two switches

extern struct sched_settings sched_settings;
static inline uint64_t quantum(void) { return sched_settings.quantum_cycles; }

// How much of a quantum a process gets whose turns are equally frequent: all of it with a nice value of 0, half with 10, a
// twentieth with 19, two with -20. (With tickets, nice is a number of tickets instead.)
static inline uint64_t quantum_of(const struct process *p, uint64_t full) {
    const uint32_t share = (uint32_t)(NICE_MAX + 1 - p->schedule.nice) * 256 / (NICE_MAX + 1);
    const uint64_t cycles = full * share >> 8;
    return cycles > MIN_QUANTUM ? cycles : MIN_QUANTUM;
}

// ---- ready_queue.c: queues of runnable processes, linked through next_ready ----

struct ready_queue {
    struct process *head;
    struct process *tail;
};

void ready_queue_append(struct ready_queue *queue, struct process *p);
void ready_queue_push(struct ready_queue *queue, struct process *p);  // in front of all others
struct process *ready_queue_take(struct ready_queue *queue);         // the first; null if there is none
struct process *ready_queue_take_one(struct ready_queue *queue, struct process *p);
// The one with the least `measure`; of several, the first.
struct process *ready_queue_take_least(struct ready_queue *queue, uint64_t (*measure)(const struct process *p));
