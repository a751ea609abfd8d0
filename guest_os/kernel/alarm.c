// Alarms: a process may ask for SIGALRM at a time, once or again and again.

#include "kernel.h"

#include "process.h"

// Between two repeated alarms, whosesoever. Each interrupts all CPUs, which must have time for something else, too.
#define MIN_ALARM_GAP 5000

// Processes with an alarm, the earliest first, linked through next_alarm. process_lock guards these.
static struct process *alarms;
static uint64_t free_from;  // the next one to be repeated comes here, or later

static void insert(struct process *p) {
    struct process **link = &alarms;
    while (*link != 0 && (*link)->alarm_cycle <= p->alarm_cycle) link = &(*link)->next_alarm;
    p->next_alarm = *link;
    *link = p;
}

static void remove(struct process *p) {
    struct process **link = &alarms;
    while (*link != 0 && *link != p) link = &(*link)->next_alarm;
    if (*link == p) *link = p->next_alarm;
    p->alarm_cycle = 0;
}

uint64_t next_alarm_cycle(void) { return alarms == 0 ? NEVER : alarms->alarm_cycle; }

// process_lock is held.
void ring_alarms(uint64_t time) {
    while (alarms != 0 && alarms->alarm_cycle <= time) {
        struct process *p = alarms;
        const uint64_t next = p->alarm_cycle + p->alarm_interval;
        remove(p);
        signal_send(p, SIGALRM);
        if (p->alarm_interval == 0) continue;
        p->alarm_cycle = next > time ? next : time + p->alarm_interval;  // in step, unless a whole period was missed
        free_from = (free_from > time ? free_from : time) + MIN_ALARM_GAP;
        if (p->alarm_cycle < free_from) p->alarm_cycle = free_from;
        insert(p);
    }
}

// set[0] and old[0] are cycles until the first SIGALRM, [1] those between two; `set` may be null.
void alarm_set(struct process *p, const uint64_t set[2], uint64_t old[2]) {
    acquire(&process_lock);
    const uint64_t time = now();
    old[0] = p->alarm_cycle == 0 ? 0 : p->alarm_cycle > time ? p->alarm_cycle - time : 1;
    old[1] = p->alarm_interval;
    if (set != 0) {
        remove(p);
        p->alarm_interval = set[1] < INT64_MAX ? set[1] : INT64_MAX;  // no sum of times overflows
        if (set[0] != 0) {
            p->alarm_cycle = set[0] > INT64_MAX - time ? INT64_MAX : time + set[0];
            insert(p);
        }
    }
    release(&process_lock);
    slice_rearm();
}

// The process ends. process_lock is held.
void alarm_cancel(struct process *p) { remove(p); }
