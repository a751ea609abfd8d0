// Locks: see lock.h.

#include "kernel.h"

#include "lock.h"
#include "process.h"

static inline uint32_t swap_word(uint32_t *word, uint32_t value) {
    uint32_t old;
    __asm__ volatile("amoswap.w %0, %1, (%2)" : "=&r"(old) : "r"(value), "r"(word) : "memory");
    return old;
}

static inline bool is_mine(const struct spinlock *lock) { return lock->locked && lock->holder == this_cpu(); }

// With interrupts on, an interrupt on this CPU could want the lock that the interrupted code holds, and would spin
// for ever. So they go off first.
void acquire(struct spinlock *lock) {
    interrupts_push_off();
    if (is_mine(lock)) panic("%s lock acquired twice", lock->name);
    while (swap_word(&lock->locked, 1) != 0) {
    }
    lock->holder = this_cpu();
}

void release(struct spinlock *lock) {
    if (!is_mine(lock)) panic("%s lock released by one who does not hold it", lock->name);
    lock->holder = 0;
    swap_word(&lock->locked, 0);
    interrupts_pop_off();
}

// Does this CPU hold the lock?
bool holding(const struct spinlock *lock) { return is_mine(lock); }

void interrupts_push_off(void) {
    const bool were_on = interrupts_are_on();
    interrupts_off();
    struct cpu *cpu = this_cpu();
    if (cpu->off_depth == 0) cpu->were_on = were_on;
    cpu->off_depth++;
}

void interrupts_pop_off(void) {
    struct cpu *cpu = this_cpu();
    ASSERT(cpu->off_depth > 0);
    cpu->off_depth--;
    if (cpu->off_depth == 0 && cpu->were_on) interrupts_on();
}

// Whoever finds it locked says so before it looks again and sleeps, and process_lock is held from one to the other. So
// either it sees that the lock is free, or whoever frees it sees that somebody waits.
static void wait_for(struct sleep_lock *lock) {
    acquire(&process_lock);
    lock->waiters++;
    while (swap_word(&lock->locked, 1) != 0) sleep(lock, &process_lock, lock->wait_reason);
    lock->waiters--;
    release(&process_lock);
}

void sleep_lock_acquire(struct sleep_lock *lock) {
    if (swap_word(&lock->locked, 1) != 0) wait_for(lock);
    lock->holder = current_thread();
}

void sleep_lock_release(struct sleep_lock *lock) {
    lock->holder = 0;
    swap_word(&lock->locked, 0);
    if (*(volatile uint32_t *)&lock->waiters != 0) wakeup(lock, "the lock it waited for is free");
}

bool sleep_lock_holding(const struct sleep_lock *lock) { return lock->holder == current_thread(); }
