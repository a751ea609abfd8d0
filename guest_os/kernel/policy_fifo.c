// First in, first out: whoever came first runs until it blocks or ends. No timer takes the CPU away from it.

#include "kernel.h"

#include "policy.h"

static struct ready_queue queue;

static void enqueue(struct process *p) { ready_queue_append(&queue, p); }

static void put_back(struct process *p) { ready_queue_push(&queue, p); }

static struct process *pick(int) { return ready_queue_take(&queue); }

static uint64_t slice(struct process *) { return NEVER; }

static bool tick(struct process *) { return false; }

const struct policy fifo_policy = {
    .enqueue = enqueue,
    .put_back = put_back,
    .pick = pick,
    .slice = slice,
    .tick = tick,
};
