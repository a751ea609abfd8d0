// Round robin: everyone in turn, each for at most a quantum (a nice process for less).

#include "kernel.h"

#include "policy.h"

static struct ready_queue queue;

static void enqueue(struct process *p) { ready_queue_append(&queue, p); }

static void put_back(struct process *p) { ready_queue_push(&queue, p); }

static struct process *pick(int) { return ready_queue_take(&queue); }

static uint64_t slice(struct process *p) { return quantum_of(p, quantum()); }

static bool tick(struct process *) { return true; }

const struct policy round_robin_policy = {
    .enqueue = enqueue,
    .put_back = put_back,
    .pick = pick,
    .slice = slice,
    .tick = tick,
};
