// Lottery: for every slice a ticket is drawn, and its holder runs. So in the long run everybody gets its part of the CPU,
// without any book-keeping.
//
//     tickets   0 ........ 99 | 100 ... 149 | 150 .............. 399
//     holder    A             | B           | C                         drawn: 120, so B runs

#include "kernel.h"

#include "policy.h"

static struct ready_queue queue;
static uint32_t random_state = 1;  // process_lock guards it; never 0

// The same numbers after the same seed: an experiment can be repeated.
static uint32_t random_number(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

static void start(uint64_t) { random_state = sched_settings.seed != 0 ? sched_settings.seed : 1; }

static void enqueue(struct process *p) { ready_queue_append(&queue, p); }

static void put_back(struct process *p) { ready_queue_push(&queue, p); }

static struct process *pick(int) {
    uint32_t tickets = 0;
    for (struct process *p = queue.head; p != 0; p = p->next_ready) tickets += p->schedule.tickets;
    if (tickets == 0) return 0;
    uint32_t drawn = random_number() % tickets;
    struct process *p = queue.head;
    for (; drawn >= p->schedule.tickets; p = p->next_ready) drawn -= p->schedule.tickets;
    return ready_queue_take_one(&queue, p);
}

static uint64_t slice(struct process *) { return quantum(); }

static bool tick(struct process *) { return true; }

const struct policy lottery_policy = {
    .enqueue = enqueue,
    .put_back = put_back,
    .pick = pick,
    .slice = slice,
    .tick = tick,
    .start = start,
};
