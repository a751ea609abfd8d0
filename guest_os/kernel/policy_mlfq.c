// The multi-level feedback queue, which learns who is interactive from what they did:
//
//     level 0    A -> B           1  the highest level that is not empty runs, and takes the CPU away from a lower one
//     level 1    C                2  within a level: round robin, with the level's quantum
//     level 2    D -> E -> F      3  a new process begins at level 0
//                                 4  whoever has used up its allotment at a level goes down one,
//                                    however often it gave up the CPU meanwhile
//                                 5  from time to time all go back to level 0 (the boost)
//
// What is left of quantum and allotment is kept over sleeping and over being preempted. A boost comes before everything
// else of its cycle; the process that is running then goes on, with a new quantum.

#include "kernel.h"

#include "policy.h"

static struct ready_queue queues[MLFQ_LEVELS_MAX];  // process_lock guards these
static uint32_t boosts;      // how many there have been, from 1
static uint64_t next_boost;  // NEVER: there are none

// ---- levels ----

static uint64_t quantum_at(const struct process *p, uint32_t level) {
    const uint32_t own = sched_settings.mlfq_quantum[level];
    return quantum_of(p, own != 0 ? own : quantum() << level);
}

static void enter_level(struct process *p, uint32_t level) {
    p->schedule.level = level;
    p->schedule.quantum_left = quantum_at(p, level);
    p->schedule.quanta_left = sched_settings.mlfq_allotment[level];
}

// Charges p for what it has run since the last time. All that was before a boost is forgotten.
static void settle(struct process *p) {
    struct schedule *s = &p->schedule;
    const uint64_t run = process_run_cycles(p);
    const uint64_t used = run - s->settled;
    s->settled = run;
    if (s->boosts != boosts) {
        s->boosts = boosts;
        enter_level(p, 0);
    } else if (used < s->quantum_left) {
        s->quantum_left -= used;
    } else if (--s->quanta_left > 0) {
        s->quantum_left = quantum_at(p, s->level);
    } else {
        enter_level(p, min_u32(s->level + 1, sched_settings.mlfq_levels - 1));
    }
}

// ---- the boost ----

static void set_next_boost(uint64_t time) {
    const uint32_t period = sched_settings.boost_cycles;
    const uint64_t late = time - next_boost;
    next_boost = late >> 32 == 0 ? next_boost + ((uint32_t)late / period + 1) * (uint64_t)period : time + period;
}

static void boost_if_due(void) {
    const uint64_t time = now();
    if (time < next_boost) return;
    set_next_boost(time);
    boosts++;
    for (uint32_t level = 1; level < MLFQ_LEVELS_MAX; level++) {
        for (struct process *p; (p = ready_queue_take(&queues[level])) != 0;) ready_queue_append(&queues[0], p);
    }
}

// ---- the policy ----

static void start(uint64_t time) {
    boosts++;  // all begin at level 0
    const uint64_t from = sched_settings.boost_from > time ? sched_settings.boost_from : time;
    next_boost = sched_settings.boost_cycles == 0 ? NEVER : from + sched_settings.boost_cycles;
}

static void enqueue(struct process *p) {
    boost_if_due();
    settle(p);
    ready_queue_append(&queues[p->schedule.level], p);
}

static void put_back(struct process *p) {
    boost_if_due();
    settle(p);
    ready_queue_push(&queues[p->schedule.level], p);
}

static struct process *pick(int) {
    boost_if_due();
    struct process *p = 0;
    for (uint32_t level = 0; p == 0 && level < MLFQ_LEVELS_MAX; level++) p = ready_queue_take(&queues[level]);
    return p;
}

static uint64_t slice(struct process *p) {
    boost_if_due();
    settle(p);
    const uint64_t to_boost = next_boost == NEVER ? NEVER : next_boost - now();
    return p->schedule.quantum_left < to_boost ? p->schedule.quantum_left : to_boost;
}

static bool tick(struct process *p) {
    return process_run_cycles(p) - p->schedule.settled >= p->schedule.quantum_left;
}

static bool preempts(const struct process *p, const struct process *running) {
    return running->schedule.boosts == boosts && p->schedule.level < running->schedule.level;
}

const struct policy mlfq_policy = {
    .enqueue = enqueue,
    .put_back = put_back,
    .pick = pick,
    .slice = slice,
    .tick = tick,
    .preempts = preempts,
    .start = start,
};
