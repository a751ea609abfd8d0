// Waiting for each other: condition variables, readers and writers, barriers, semaphores, once.

#include "thread.h"

#include <errno.h>
#include <semaphore.h>
#include <stddef.h>

enum { ALL = 0x7FFFFFFF };

// A time before the machine was switched on has passed like any other.
int __limit_of(const struct timespec *time, unsigned long long *cycle) {
    if (time->tv_nsec < 0 || time->tv_nsec >= 1000000000) return EINVAL;
    *cycle = time->tv_sec < 0 ? 0 : (unsigned long long)time->tv_sec * 1000000 + (unsigned)(time->tv_nsec + 999) / 1000;
    return 0;
}

// ---- condition variables ----

// Who waits has seen the sequence number before it let go of the mutex. A signal that comes in between changes it, and
// then the kernel does not put the thread to sleep.

int pthread_condattr_init(pthread_condattr_t *attributes) {
    *attributes = (pthread_condattr_t){0};
    return 0;
}

int pthread_condattr_destroy(pthread_condattr_t *attributes) {
    (void)attributes;
    return 0;
}

int pthread_condattr_setpshared(pthread_condattr_t *attributes, int shared) {
    (void)attributes;
    return shared == PTHREAD_PROCESS_PRIVATE || shared == PTHREAD_PROCESS_SHARED ? 0 : EINVAL;
}

// Both clocks count from the machine's start, so a time means the same by either.
int pthread_condattr_setclock(pthread_condattr_t *attributes, clockid_t clock) {
    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) return EINVAL;
    attributes->clock = clock;
    return 0;
}

int pthread_condattr_getclock(const pthread_condattr_t *attributes, clockid_t *clock) {
    *clock = attributes->clock;
    return 0;
}

int pthread_cond_init(pthread_cond_t *condition, const pthread_condattr_t *attributes) {
    (void)attributes;
    condition->sequence = 0;
    return 0;
}

int pthread_cond_destroy(pthread_cond_t *condition) {
    (void)condition;
    return 0;
}

static int wait_until(pthread_cond_t *condition, pthread_mutex_t *mutex, const unsigned long long *limit) {
    const unsigned seen = __atomic_load_n(&condition->sequence, __ATOMIC_ACQUIRE);
    const int error = pthread_mutex_unlock(mutex);
    if (error != 0) return error;
    const bool is_late = futex_wait(&condition->sequence, seen, limit) < 0 && errno == ETIMEDOUT;
    pthread_mutex_lock(mutex);
    return is_late ? ETIMEDOUT : 0;
}

int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex) { return wait_until(condition, mutex, NULL); }

int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *limit) {
    unsigned long long cycle;
    const int error = __limit_of(limit, &cycle);
    return error != 0 ? error : wait_until(condition, mutex, &cycle);
}

static int wake(pthread_cond_t *condition, int most) {
    __atomic_fetch_add(&condition->sequence, 1, __ATOMIC_RELEASE);
    futex_wake(&condition->sequence, most);
    return 0;
}

int pthread_cond_signal(pthread_cond_t *condition) { return wake(condition, 1); }
int pthread_cond_broadcast(pthread_cond_t *condition) { return wake(condition, ALL); }

// ---- many readers or one writer ----

static const unsigned kWriter = ~0u;

int pthread_rwlockattr_init(pthread_rwlockattr_t *attributes) {
    *attributes = (pthread_rwlockattr_t){0};
    return 0;
}

int pthread_rwlockattr_destroy(pthread_rwlockattr_t *attributes) {
    (void)attributes;
    return 0;
}

int pthread_rwlockattr_setpshared(pthread_rwlockattr_t *attributes, int shared) {
    (void)attributes;
    return shared == PTHREAD_PROCESS_PRIVATE || shared == PTHREAD_PROCESS_SHARED ? 0 : EINVAL;
}

int pthread_rwlock_init(pthread_rwlock_t *lock, const pthread_rwlockattr_t *attributes) {
    (void)attributes;
    lock->state = 0;
    return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t *lock) { return lock->state == 0 ? 0 : EBUSY; }

int pthread_rwlock_tryrdlock(pthread_rwlock_t *lock) {
    unsigned state = __atomic_load_n(&lock->state, __ATOMIC_RELAXED);
    while (state != kWriter) {
        if (__atomic_compare_exchange_n(&lock->state, &state, state + 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
            return 0;
        }
    }
    return EBUSY;
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *lock) {
    unsigned free = 0;
    const bool won =
        __atomic_compare_exchange_n(&lock->state, &free, kWriter, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
    return won ? 0 : EBUSY;
}

int pthread_rwlock_rdlock(pthread_rwlock_t *lock) {
    while (pthread_rwlock_tryrdlock(lock) != 0) futex_wait(&lock->state, kWriter, NULL);
    return 0;
}

int pthread_rwlock_wrlock(pthread_rwlock_t *lock) {
    while (pthread_rwlock_trywrlock(lock) != 0) {
        const unsigned state = __atomic_load_n(&lock->state, __ATOMIC_RELAXED);
        if (state != 0) futex_wait(&lock->state, state, NULL);
    }
    return 0;
}

int pthread_rwlock_unlock(pthread_rwlock_t *lock) {
    const unsigned state = __atomic_load_n(&lock->state, __ATOMIC_RELAXED);
    if (state == 0) return EPERM;
    if (state == kWriter) __atomic_store_n(&lock->state, 0, __ATOMIC_RELEASE);
    else __atomic_fetch_sub(&lock->state, 1, __ATOMIC_RELEASE);
    futex_wake(&lock->state, ALL);
    return 0;
}

// ---- barriers ----

int pthread_barrierattr_init(pthread_barrierattr_t *attributes) {
    *attributes = (pthread_barrierattr_t){0};
    return 0;
}

int pthread_barrierattr_destroy(pthread_barrierattr_t *attributes) {
    (void)attributes;
    return 0;
}

int pthread_barrierattr_setpshared(pthread_barrierattr_t *attributes, int shared) {
    (void)attributes;
    return shared == PTHREAD_PROCESS_PRIVATE || shared == PTHREAD_PROCESS_SHARED ? 0 : EINVAL;
}

int pthread_barrier_init(pthread_barrier_t *barrier, const pthread_barrierattr_t *attributes, unsigned count) {
    (void)attributes;
    if (count == 0) return EINVAL;
    *barrier = (pthread_barrier_t){.count = count};
    return 0;
}

int pthread_barrier_destroy(pthread_barrier_t *barrier) { return barrier->waiting == 0 ? 0 : EBUSY; }

int pthread_barrier_wait(pthread_barrier_t *barrier) {
    pthread_mutex_lock(&barrier->mutex);
    const unsigned round = barrier->round;
    const bool is_last = ++barrier->waiting == barrier->count;
    if (is_last) {
        barrier->waiting = 0;
        barrier->round++;
        pthread_cond_broadcast(&barrier->all_are_here);
    }
    while (barrier->round == round) pthread_cond_wait(&barrier->all_are_here, &barrier->mutex);
    pthread_mutex_unlock(&barrier->mutex);
    return is_last ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

// ---- once ----

enum { BEGUN = 1, DONE = 2 };

int pthread_once(pthread_once_t *once, void (*function)(void)) {
    unsigned *word = (unsigned *)once;
    unsigned state = 0;
    if (__atomic_compare_exchange_n(word, &state, BEGUN, false, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)) {
        function();
        __atomic_store_n(word, DONE, __ATOMIC_RELEASE);
        futex_wake(word, ALL);
        return 0;
    }
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) != DONE) futex_wait(word, BEGUN, NULL);
    return 0;
}

// ---- semaphores ----

int sem_init(sem_t *semaphore, int shared, unsigned value) {
    (void)shared;  // in a MAP_SHARED mapping it works between processes anyway
    if (value > SEM_VALUE_MAX) {
        errno = EINVAL;
        return -1;
    }
    semaphore->value = value;
    return 0;
}

int sem_destroy(sem_t *semaphore) {
    (void)semaphore;
    return 0;
}

static bool take_one(sem_t *semaphore) {
    unsigned value = __atomic_load_n(&semaphore->value, __ATOMIC_RELAXED);
    while (value > 0) {
        if (__atomic_compare_exchange_n(&semaphore->value, &value, value - 1, false, __ATOMIC_ACQUIRE,
                                        __ATOMIC_RELAXED)) {
            return true;
        }
    }
    return false;
}

static int take_until(sem_t *semaphore, const unsigned long long *limit) {
    while (!take_one(semaphore)) {
        if (futex_wait(&semaphore->value, 0, limit) < 0 && errno != EAGAIN) return -1;  // EINTR, ETIMEDOUT
    }
    return 0;
}

int sem_wait(sem_t *semaphore) { return take_until(semaphore, NULL); }

int sem_timedwait(sem_t *semaphore, const struct timespec *limit) {
    unsigned long long cycle;
    const int error = __limit_of(limit, &cycle);
    if (error == 0) return take_until(semaphore, &cycle);
    errno = error;
    return -1;
}

int sem_trywait(sem_t *semaphore) {
    if (take_one(semaphore)) return 0;
    errno = EAGAIN;
    return -1;
}

int sem_post(sem_t *semaphore) {
    __atomic_fetch_add(&semaphore->value, 1, __ATOMIC_RELEASE);
    futex_wake(&semaphore->value, 1);
    return 0;
}

int sem_getvalue(sem_t *semaphore, int *value) {
    *value = (int)__atomic_load_n(&semaphore->value, __ATOMIC_RELAXED);
    return 0;
}
