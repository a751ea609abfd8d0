#pragma once
// What libc knows of a thread. The register tp points at it, also in the first thread of every program.

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct __pthread {
    int error;       // errno
    unsigned alive;  // 1; the kernel makes it 0 when the thread has ended, and wakes who waits for it
    volatile unsigned handlers;  // of signals, that have run in it: the trampoline counts them, at this offset
    int number;
    void *(*start)(void *);
    void *argument;
    void *result;
    bool is_detached;
    void *values[PTHREAD_KEYS_MAX];  // of pthread_setspecific()
    void **variables;                // of _Thread_local: see thread_local.c
    unsigned variable_count;
    struct __cleanup *cleanups;         // what pthread_exit() will call, the newest first
    struct __signal_wait *signal_wait;  // null: it waits for none
    void *memory;            // with the stack and this; null: the program's first thread
    size_t memory_size;
    struct __pthread *next;  // of all that have such memory
};

static inline struct __pthread *__this_thread(void) {
    struct __pthread *thread;
    __asm__ volatile("mv %0, tp" : "=r"(thread));
    return thread;
}

extern struct __pthread __first_thread;
void __forget_values(struct __pthread *thread);     // calls the destructors of keys
void __forget_variables(struct __pthread *thread);
void __become_only_thread(void);  // in a child of fork()

int thread_create(void (*pc)(struct __pthread *), void *sp, void *argument, void *tp);
_Noreturn int thread_exit(unsigned *word);
int futex_wait(const unsigned *word, unsigned value, const unsigned long long *limit);
int futex_wake(const unsigned *word, int most);
int thread_kill(int thread, int signal);
int __fork(void);

int __limit_of(const struct timespec *time, unsigned long long *cycle);  // 0 or EINVAL

// A lock inside libc. It costs next to nothing as long as there is one thread only.
struct __lock {
    unsigned word;
    struct __pthread *owner;
    unsigned depth;
};

extern bool __has_threads;
extern struct __lock __threads_lock, __keys_lock, __numbers_lock, __files_lock, __heap_lock;
extern struct __lock __atomics_lock, __waits_lock;
void __lock_slowly(struct __lock *lock);
bool __try_lock(struct __lock *lock);
void __unlock_slowly(struct __lock *lock);

static inline struct __lock *__lock(struct __lock *lock) {
    if (__has_threads) __lock_slowly(lock);
    return lock;
}

static inline void __unlock(struct __lock **lock) {
    if (__has_threads) __unlock_slowly(*lock);
}

// Holds a lock until the end of the block.
#define HOLD(lock) __attribute__((cleanup(__unlock), unused)) struct __lock *held_ = __lock(lock)
