// Locks. A word says whether one is free; only who must wait, or has made others wait, asks the kernel.
//
//     0 free  ---lock--->  1 locked  ---another wants it--->  2 locked, wake somebody at unlock

#include "thread.h"

#include <errno.h>
#include <stddef.h>

static bool change(unsigned *word, unsigned from, unsigned to) {
    return __atomic_compare_exchange_n(word, &from, to, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

static int lock_word(unsigned *word, const unsigned long long *limit) {
    if (change(word, 0, 1)) return 0;
    while (__atomic_exchange_n(word, 2, __ATOMIC_ACQUIRE) != 0) {
        if (futex_wait(word, 2, limit) < 0 && errno == ETIMEDOUT) return ETIMEDOUT;
    }
    return 0;
}

static void unlock_word(unsigned *word) {
    if (__atomic_exchange_n(word, 0, __ATOMIC_RELEASE) == 2) futex_wake(word, 1);
}

// ---- inside libc ----

void __lock_slowly(struct __lock *lock) {
    struct __pthread *me = __this_thread();
    if (__atomic_load_n(&lock->owner, __ATOMIC_RELAXED) != me) {
        const int error = errno;
        lock_word(&lock->word, NULL);
        errno = error;
        __atomic_store_n(&lock->owner, me, __ATOMIC_RELAXED);
    }
    lock->depth++;
}

bool __try_lock(struct __lock *lock) {
    struct __pthread *me = __this_thread();
    if (__atomic_load_n(&lock->owner, __ATOMIC_RELAXED) != me) {
        if (!change(&lock->word, 0, 1)) return false;
        __atomic_store_n(&lock->owner, me, __ATOMIC_RELAXED);
    }
    lock->depth++;
    return true;
}

void __unlock_slowly(struct __lock *lock) {
    if (lock->depth == 0 || --lock->depth > 0) return;  // 0: taken when there was one thread only
    __atomic_store_n(&lock->owner, NULL, __ATOMIC_RELAXED);
    unlock_word(&lock->word);
}

// ---- mutexes ----

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes) {
    *mutex = (pthread_mutex_t){.type = attributes ? attributes->type : PTHREAD_MUTEX_NORMAL};
    return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex) { return mutex->word == 0 ? 0 : EBUSY; }

static bool is_mine(const pthread_mutex_t *mutex) {
    return mutex->type != PTHREAD_MUTEX_NORMAL &&
           __atomic_load_n(&mutex->owner, __ATOMIC_RELAXED) == __this_thread();
}

static int own(pthread_mutex_t *mutex) {
    mutex->depth = 1;
    __atomic_store_n(&mutex->owner, __this_thread(), __ATOMIC_RELAXED);
    return 0;
}

static int own_again(pthread_mutex_t *mutex) {
    if (mutex->type == PTHREAD_MUTEX_ERRORCHECK) return EDEADLK;
    mutex->depth++;
    return 0;
}

int pthread_mutex_lock(pthread_mutex_t *mutex) {
    if (is_mine(mutex)) return own_again(mutex);
    lock_word(&mutex->word, NULL);
    return own(mutex);
}

int pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *limit) {
    if (is_mine(mutex)) return own_again(mutex);
    if (change(&mutex->word, 0, 1)) return own(mutex);
    unsigned long long cycle;
    int error = __limit_of(limit, &cycle);
    if (error == 0) error = lock_word(&mutex->word, &cycle);
    return error != 0 ? error : own(mutex);
}

int pthread_mutex_trylock(pthread_mutex_t *mutex) {
    if (is_mine(mutex) && mutex->type == PTHREAD_MUTEX_RECURSIVE) return own_again(mutex);
    return change(&mutex->word, 0, 1) ? own(mutex) : EBUSY;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex) {
    if (mutex->type != PTHREAD_MUTEX_NORMAL && !is_mine(mutex)) return EPERM;
    if (--mutex->depth > 0) return 0;
    __atomic_store_n(&mutex->owner, NULL, __ATOMIC_RELAXED);
    unlock_word(&mutex->word);
    return 0;
}

int pthread_mutexattr_init(pthread_mutexattr_t *attributes) {
    attributes->type = PTHREAD_MUTEX_DEFAULT;
    return 0;
}

int pthread_mutexattr_setpshared(pthread_mutexattr_t *attributes, int shared) {
    (void)attributes;
    return shared == PTHREAD_PROCESS_PRIVATE || shared == PTHREAD_PROCESS_SHARED ? 0 : EINVAL;
}

int pthread_mutexattr_destroy(pthread_mutexattr_t *attributes) {
    (void)attributes;
    return 0;
}

int pthread_mutexattr_settype(pthread_mutexattr_t *attributes, int type) {
    if (type < PTHREAD_MUTEX_NORMAL || type > PTHREAD_MUTEX_ERRORCHECK) return EINVAL;
    attributes->type = type;
    return 0;
}

int pthread_mutexattr_gettype(const pthread_mutexattr_t *attributes, int *type) {
    *type = attributes->type;
    return 0;
}

// ---- one thing at a time, without sleeping ----

int pthread_spin_init(pthread_spinlock_t *lock, int shared) {
    (void)shared;
    *lock = 0;
    return 0;
}

int pthread_spin_destroy(pthread_spinlock_t *lock) {
    (void)lock;
    return 0;
}

int pthread_spin_trylock(pthread_spinlock_t *lock) { return __atomic_exchange_n(lock, 1, __ATOMIC_ACQUIRE) ? EBUSY : 0; }

int pthread_spin_lock(pthread_spinlock_t *lock) {
    while (pthread_spin_trylock(lock) != 0) continue;
    return 0;
}

int pthread_spin_unlock(pthread_spinlock_t *lock) {
    __atomic_store_n(lock, 0, __ATOMIC_RELEASE);
    return 0;
}
