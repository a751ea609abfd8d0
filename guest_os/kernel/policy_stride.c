// Stride: the lottery without luck. Everybody walks, with steps that are the shorter the more tickets it has; whoever has
// come least far runs for a slice and takes a step. One that was asleep starts from where the others are.

#include "kernel.h"

#include "policy.h"

#define STRIDE_OF_ONE_TICKET 25200000u  // which many numbers divide

static struct ready_queue queue;
static uint64_t front;  // how far the last one that was picked had come; process_lock guards it

static uint64_t pass(const struct process *p) { return p->schedule.pass; }

static void put_back(struct process *p) { ready_queue_push(&queue, p); }

static void enqueue(struct process *p) {
    if (p->schedule.pass < front) p->schedule.pass = front;
    ready_queue_append(&queue, p);
}

static struct process *pick(int) {
    struct process *p = ready_queue_take_least(&queue, pass);
    if (p == 0) return 0;
    front = p->schedule.pass;
    p->schedule.pass += STRIDE_OF_ONE_TICKET / p->schedule.tickets;
    return p;
}

static uint64_t slice(struct process *) { return quantum(); }

static bool tick(struct process *) { return true; }

static void start(uint64_t) { front = 0; }

const struct policy stride_policy = {
    .enqueue = enqueue,
    .put_back = put_back,
    .pick = pick,
    .slice = slice,
    .tick = tick,
    .start = start,
};
