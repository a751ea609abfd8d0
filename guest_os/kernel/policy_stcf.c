// Shortest time to completion first: shortest job first, but what counts is what is left of the declared length, and one
// that becomes runnable with less left takes the CPU away at once. Undeclared counts as nothing left.

#include "kernel.h"

#include "policy.h"

static struct ready_queue queue;

static uint64_t left(const struct process *p) {
    const uint64_t used = process_run_cycles(p) - p->schedule.length_from;
    return used < p->schedule.length ? p->schedule.length - used : 0;
}

static void enqueue(struct process *p) { ready_queue_append(&queue, p); }

static void put_back(struct process *p) { ready_queue_push(&queue, p); }

static struct process *pick(int) { return ready_queue_take_least(&queue, left); }

static uint64_t slice(struct process *) { return NEVER; }

static bool tick(struct process *) { return false; }

static bool preempts(const struct process *p, const struct process *running) { return left(p) < left(running); }

const struct policy stcf_policy = {
    .enqueue = enqueue,
    .put_back = put_back,
    .pick = pick,
    .slice = slice,
    .tick = tick,
    .preempts = preempts,
};
