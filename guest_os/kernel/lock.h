#pragma once
// Locks, and the order in which they may be nested: who holds one takes only locks from further down or further right.
//
//     sleep locks     file_system_lock
//                     memory_lock
//     spinlocks       the journal's    pipes_lock, then a pipe's    terminal.lock    files_lock
//                     disk_lock
//                     process_lock
//                     page_lock    spare_lock    space_lock    count_lock    random_lock

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
