// A queue for each CPU, round robin in each. A process stays with the CPU that it ran on, whose buffers still know its
// pages; a CPU with an empty queue steals from the longest. (Not modelled: a lock for each queue. process_lock guards
// them all, so what is shown is where processes run, not what sharing a lock costs.)

#include "kernel.h"

#include "policy.h"

static struct ready_queue queues[CPU_MAX];
static uint32_t lengths[CPU_MAX];

static int home(const struct process *p) { return p->switches == 0 ? this_cpu()->number : p->last_cpu; }

static void enqueue(struct process *p) {
    const int cpu = home(p);
    ready_queue_append(&queues[cpu], p);
    lengths[cpu]++;
}

static void put_back(struct process *p) {
    const int cpu = home(p);
    ready_queue_push(&queues[cpu], p);
    lengths[cpu]++;
}

static struct process *pick(int cpu) {
    int from = cpu;
    if (lengths[cpu] == 0) {
        for (int other = 0; other < CPU_MAX; other++) {
            if (lengths[other] > lengths[from]) from = other;
        }
    }
    struct process *p = ready_queue_take(&queues[from]);
    if (p != 0) lengths[from]--;
    return p;
}

static uint64_t slice(struct process *p) { return quantum_of(p, quantum()); }

static bool tick(struct process *) { return true; }

const struct policy per_cpu_policy = {
    .enqueue = enqueue,
    .put_back = put_back,
    .pick = pick,
    .slice = slice,
    .tick = tick,
};
