// Shortest job first: whoever has declared the shortest length runs until it blocks or ends. A process that has declared
// nothing counts as shortest of all: it is a shell, not a job.

#include "kernel.h"

#include "policy.h"

static struct ready_queue queue;

static uint64_t length(const struct process *p) { return p->schedule.length; }

static void enqueue(struct process *p) { ready_queue_append(&queue, p); }

static void put_back(struct process *p) { ready_queue_push(&queue, p); }

static struct process *pick(int) { return ready_queue_take_least(&queue, length); }

static uint64_t slice(struct process *) { return NEVER; }

static bool tick(struct process *) { return false; }

const struct policy sjf_policy = {
    .enqueue = enqueue,
    .put_back = put_back,
    .pick = pick,
    .slice = slice,
    .tick = tick,
};
