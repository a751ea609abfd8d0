// Queues of runnable processes: what policies are made of.

#include "kernel.h"

#include "policy.h"

void ready_queue_append(struct ready_queue *queue, struct process *p) {
    p->next_ready = 0;
    if (queue->head == 0) {
        queue->head = p;
    } else {
        queue->tail->next_ready = p;
    }
    queue->tail = p;
}

void ready_queue_push(struct ready_queue *queue, struct process *p) {
    p->next_ready = queue->head;
    if (queue->head == 0) queue->tail = p;
    queue->head = p;
}

struct process *ready_queue_take(struct ready_queue *queue) {
    struct process *p = queue->head;
    if (p != 0) queue->head = p->next_ready;
    return p;
}

struct process *ready_queue_take_one(struct ready_queue *queue, struct process *p) {
    struct process *before = 0;
    for (struct process *q = queue->head; q != p; q = q->next_ready) before = q;
    if (before == 0) return ready_queue_take(queue);
    before->next_ready = p->next_ready;
    if (queue->tail == p) queue->tail = before;
    return p;
}

struct process *ready_queue_take_least(struct ready_queue *queue, uint64_t (*measure)(const struct process *p)) {
    struct process *best = queue->head;
    if (best == 0 || best->next_ready == 0) return ready_queue_take(queue);
    uint64_t least = measure(best);
    for (struct process *p = best->next_ready; p != 0; p = p->next_ready) {
        const uint64_t here = measure(p);
        if (here >= least) continue;
        best = p;
        least = here;
    }
    return ready_queue_take_one(queue, best);
}
