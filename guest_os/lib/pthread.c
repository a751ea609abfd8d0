// Threads: how they begin and end. The kernel starts one with a stack and registers; the rest is here.

#include "thread.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

enum { DEFAULT_STACK = 65536 };

struct __pthread __first_thread = {.alive = 1};
bool __has_threads;

static unsigned running = 1;  // how many threads there are
static struct __pthread *detached;
static struct __lock detached_lock;

// ---- beginning ----

static _Noreturn void begin(struct __pthread *thread) {
    thread->number = gettid();
    pthread_exit(thread->start(thread->argument));
}

// Detached threads that have ended could not free the stack they stood on.
static void clear_away(void) {
    HOLD(&detached_lock);
    for (struct __pthread **link = &detached; *link != NULL;) {
        struct __pthread *thread = *link;
        if (__atomic_load_n(&thread->alive, __ATOMIC_ACQUIRE)) {
            link = &thread->next;
        } else {
            *link = thread->next;
            free(thread);
        }
    }
}

//     | struct __pthread | stack, grows down      <--|
//     ^ one block of the heap
int pthread_create(pthread_t *result, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
    __has_threads = true;
    clear_away();
    const size_t stack_size = attributes && attributes->stack_size ? attributes->stack_size : DEFAULT_STACK;
    struct __pthread *thread = malloc(sizeof *thread + stack_size);
    if (thread == NULL) return EAGAIN;
    *thread = (struct __pthread){.alive = 1, .start = start, .argument = argument};
    const uintptr_t top = ((uintptr_t)(thread + 1) + stack_size) & ~(uintptr_t)15;
    __atomic_fetch_add(&running, 1, __ATOMIC_SEQ_CST);
    const bool is_detached = attributes && attributes->detached;
    *result = thread;
    const int number = thread_create(begin, (void *)top, thread, thread);
    if (number < 0) {
        __atomic_fetch_sub(&running, 1, __ATOMIC_SEQ_CST);
        free(thread);
        return EAGAIN;
    }
    thread->number = number;  // as it does itself: whoever is first
    if (is_detached) pthread_detach(thread);
    return 0;
}

// ---- the end ----

// The first thread has the program's stack, so it stays until the last of the others has gone; that ends the program.
static _Noreturn void wait_for_all(void) {
    for (unsigned count; (count = __atomic_load_n(&running, __ATOMIC_ACQUIRE)) > 1;) futex_wait(&running, count, NULL);
    exit(0);
}

void pthread_exit(void *result) {
    struct __pthread *thread = __this_thread();
    __forget_values(thread);
    __forget_variables(thread);
    if (thread == &__first_thread) wait_for_all();
    thread->result = result;
    __atomic_fetch_sub(&running, 1, __ATOMIC_SEQ_CST);
    futex_wake(&running, 1);
    thread_exit(&thread->alive);
}

int pthread_join(pthread_t thread, void **result) {
    if (thread == __this_thread()) return EDEADLK;
    if (thread->is_detached) return EINVAL;
    while (__atomic_load_n(&thread->alive, __ATOMIC_ACQUIRE)) futex_wait(&thread->alive, 1, NULL);
    if (result) *result = thread->result;
    free(thread);
    return 0;
}

int pthread_detach(pthread_t thread) {
    if (thread->is_detached) return EINVAL;
    HOLD(&detached_lock);
    thread->is_detached = true;
    thread->next = detached;
    detached = thread;
    return 0;
}

// ---- and in between ----

pthread_t pthread_self(void) { return __this_thread(); }
int pthread_equal(pthread_t a, pthread_t b) { return a == b; }
int pthread_yield(void) { return sched_yield(); }

static int error_of(int result) { return result < 0 ? errno : 0; }

int pthread_kill(pthread_t thread, int signal) {
    const int number = thread == &__first_thread ? getpid() : thread->number;
    return error_of(thread_kill(number, signal));
}

int pthread_sigmask(int how, const sigset_t *set, sigset_t *old_set) {
    return error_of(sigprocmask(how, set, old_set));
}

int *__errno_location(void) { return &__this_thread()->error; }

int pthread_attr_init(pthread_attr_t *attributes) {
    *attributes = (pthread_attr_t){.stack_size = DEFAULT_STACK};
    return 0;
}

int pthread_attr_destroy(pthread_attr_t *attributes) {
    (void)attributes;
    return 0;
}

int pthread_attr_setdetachstate(pthread_attr_t *attributes, int state) {
    attributes->detached = state;
    return 0;
}

int pthread_attr_getdetachstate(const pthread_attr_t *attributes, int *state) {
    *state = attributes->detached;
    return 0;
}

int pthread_attr_setstacksize(pthread_attr_t *attributes, size_t size) {
    if (size < PTHREAD_STACK_MIN) return EINVAL;
    attributes->stack_size = size;
    return 0;
}

int pthread_attr_getstacksize(const pthread_attr_t *attributes, size_t *size) {
    *size = attributes->stack_size;
    return 0;
}
