// Sleeping until something happens, and until a time comes.

#include "kernel.h"

#include "process.h"

// A process checks a condition, holding `lock`, and sleeps while it is false. It holds process_lock before it lets
// go of `lock`, and wakeup() needs process_lock: so a wakeup cannot slip through in between.
static void enter_process_lock(struct spinlock *lock) {
    if (lock == &process_lock) return;
    acquire(&process_lock);
    release(lock);
}

static void leave_process_lock(struct spinlock *lock) {
    if (lock == &process_lock) return;
    release(&process_lock);
    acquire(lock);
}

static void sleep_locked(const void *channel, const char *reason) {
    struct process *p = current_thread();
    p->wait_channel = channel;
    process_set_state(p, SLEEPING, reason);
    switch_away();
    p->wait_channel = 0;
}

void sleep(const void *channel, struct spinlock *lock, const char *reason) {
    enter_process_lock(lock);
    sleep_locked(channel, reason);
    leave_process_lock(lock);
}

void wakeup_locked(const void *channel, const char *reason) {
    for (struct process *p = process_table; p < process_table_end; p++) {
        if (p->wait_channel == channel && p->state == SLEEPING) process_make_runnable(p, reason);
    }
}

void wakeup(const void *channel, const char *reason) {
    acquire(&process_lock);
    wakeup_locked(channel, reason);
    release(&process_lock);
}

// Those who sleep until a time, the earliest first. process_lock guards the list.
static struct process *sleepers;

static void sleepers_insert(struct process *p) {
    struct process **link = &sleepers;
    while (*link != 0 && (*link)->wake_cycle <= p->wake_cycle) link = &(*link)->next_sleeper;
    p->next_sleeper = *link;
    *link = p;
}

static void sleepers_remove(struct process *p) {
    struct process **link = &sleepers;
    while (*link != 0 && *link != p) link = &(*link)->next_sleeper;
    if (*link == p) *link = p->next_sleeper;
}

uint64_t next_sleeper_cycle(void) { return sleepers == 0 ? NEVER : sleepers->wake_cycle; }

void wake_sleepers(uint64_t time) {
    while (sleepers != 0 && sleepers->wake_cycle <= time) {
        struct process *p = sleepers;
        sleepers = p->next_sleeper;
        if (p->state == SLEEPING) process_make_runnable(p, "its time to wake up has come");
    }
}

// A signal may come from another CPU at any moment; process_lock keeps it out between the look and the sleep.
bool sleep_interruptible_until(const void *channel, struct spinlock *lock, uint64_t cycle, const char *reason) {
    struct process *p = current_thread();
    enter_process_lock(lock);
    if (!signal_has_arrived(p)) {
        p->wake_cycle = cycle;
        if (cycle != NEVER) sleepers_insert(p);
        p->is_interruptible = true;
        sleep_locked(channel, reason);
        p->is_interruptible = false;
        if (cycle != NEVER) sleepers_remove(p);
    }
    const bool undisturbed = !signal_wants_out(p);
    leave_process_lock(lock);
    return undisturbed;
}

bool sleep_interruptible(const void *channel, struct spinlock *lock, const char *reason) {
    return sleep_interruptible_until(channel, lock, NEVER, reason);
}

static int sleep_until(uint64_t cycle, const char *reason) {
    struct process *p = current_thread();
    acquire(&process_lock);
    bool undisturbed = true;
    while (undisturbed && now() < cycle) {
        undisturbed = sleep_interruptible_until(&p->wake_cycle, &process_lock, cycle, reason);
    }
    release(&process_lock);
    return undisturbed ? 0 : -EINTR;
}

int sleep_cycles(uint64_t cycles) { return sleep_until(now() + cycles, "sleeping for a time"); }

// For experiments: the process arrives now, or at a cycle that is to come, as if it were made then. Its accounts begin
// there.
int job_start(uint64_t cycle) {
    struct process *p = current_process();
    acquire(&process_lock);
    const uint64_t time = now();
    p->cycles_before_job += process_run_cycles(p);
    p->arrival_cycle = cycle > time ? cycle : time;
    p->first_run_cycle = cycle > time ? NEVER : time;
    p->state_cycle = time;
    memset(p->cycles_in, 0, sizeof p->cycles_in);
    p->user_cycles = 0;
    p->schedule.length_from = 0;
    schedule_forget(p);
    release(&process_lock);
    return sleep_until(cycle, "waiting for its arrival");
}
