#pragma once
// Scheduling policies. The scheduler switches processes and knows nothing of policies; a policy keeps the runnable
// processes and chooses, and knows nothing of switches. process_lock is held in all of these functions.

#include "process.h"

struct policy {
    const char *name;
    void (*enqueue)(struct process *p);    // p has become runnable
    struct process *(*pick)(void);         // takes out the one to run next; null if there is none
    uint64_t (*slice)(struct process *p);  // how long it may run before tick() is asked; NEVER: until it blocks
    bool (*tick)(struct process *p);       // its slice is used up: must it make room?
};

extern const struct policy round_robin_policy;
extern const struct policy fifo_policy;

extern uint32_t quantum_cycles;  // chosen by front panel or sched(); policies with slices measure by it

// A queue of runnable processes, linked through next_ready.
struct ready_queue {
    struct process *head;
    struct process *tail;
};

void ready_queue_append(struct ready_queue *queue, struct process *p);
struct process *ready_queue_take(struct ready_queue *queue);
