#pragma once
// Locks. The order in which they may be nested is: file_system, then the lock of the journal, the table of pipes and then a
// pipe, the console or the open files, then that of the disk, then process_lock, then page_lock.

#include <stdbool.h>
#include <stdint.h>

// Held for a few instructions only, with interrupts off on this CPU; other CPUs spin meanwhile.
struct spinlock {
    uint32_t locked;     // 0 or 1
    struct cpu *holder;  // for holding()
    const char *name;
};

void acquire(struct spinlock *lock);
void release(struct spinlock *lock);
bool holding(const struct spinlock *lock);

// Interrupts stay off from the first push to the last pop.
void interrupts_push_off(void);
void interrupts_pop_off(void);

// May be held while its holder sleeps; others sleep until it is free.
struct sleep_lock {
    uint32_t locked;         // 0 or 1
    struct process *holder;  // for sleep_lock_holding()
    uint32_t waiters;        // process_lock guards it
    const char *wait_reason;  // of those who wait for it
};

void sleep_lock_acquire(struct sleep_lock *lock);
void sleep_lock_release(struct sleep_lock *lock);
bool sleep_lock_holding(const struct sleep_lock *lock);
