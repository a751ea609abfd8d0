// Threads: how they begin and end. The kernel starts one with a stack and registers; the rest is here.

#include "thread.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct __pthread __first_thread = {.alive = 1};
bool __has_threads;

static struct __pthread *leader = &__first_thread;  // its number is the process's
static unsigned running = 1;                        // how many threads there are
static struct __pthread *others;                    // with memory that will have to be given back
struct __lock __threads_lock;                       // guards that list

// ---- memory ----

enum { PAGE_SIZE = 4096, GUARD_SIZE = PAGE_SIZE, MEMORY_MOST = 1 << 30 };

//     | may not be touched | stack, grows down      <--| struct __pthread |
//     ^ memory
//
// Its pages come when they are touched, so a large stack costs no more than a small one; and a stack that grows too
// long ends in a fault instead of in other data.
static struct __pthread *take_memory(size_t stack_size) {
    if (stack_size > MEMORY_MOST) return NULL;
    const size_t rest = (stack_size + sizeof(struct __pthread) + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE;
    char *memory = mmap(NULL, GUARD_SIZE + rest, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return NULL;
    if (mprotect(memory + GUARD_SIZE, rest, PROT_READ | PROT_WRITE) < 0) {
        munmap(memory, GUARD_SIZE + rest);
        return NULL;
    }
    struct __pthread *thread = (struct __pthread *)(memory + GUARD_SIZE + rest) - 1;
    thread->memory = memory;
    thread->memory_size = GUARD_SIZE + rest;
    return thread;
}

static void give_memory_back(struct __pthread *thread) { munmap(thread->memory, thread->memory_size); }

static void forget(struct __pthread *thread) {
    struct __pthread **link = &others;
    while (*link != NULL && *link != thread) link = &(*link)->next;
    if (*link == NULL) return;  // the leader
    *link = thread->next;
    give_memory_back(thread);
}

// Detached threads that have ended could not give back the stack they stood on.
static void clear_away(void) {
    for (struct __pthread **link = &others; *link != NULL;) {
        struct __pthread *thread = *link;
        if (!thread->is_detached || __atomic_load_n(&thread->alive, __ATOMIC_ACQUIRE)) {
            link = &thread->next;
        } else {
            *link = thread->next;
            give_memory_back(thread);
        }
    }
}

// ---- beginning ----

static _Noreturn void begin(struct __pthread *thread) {
    thread->number = gettid();
    pthread_exit(thread->start(thread->argument));
}

// The lock keeps the thread's memory there, should it end at once.
int pthread_create(pthread_t *result, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
    pthread_attr_t usual;
    pthread_attr_init(&usual);
    if (attributes == NULL) attributes = &usual;
    __has_threads = true;
    HOLD(&__threads_lock);
    clear_away();
    struct __pthread *thread = take_memory(attributes->stack_size);
    if (thread == NULL) return EAGAIN;
    thread->alive = 1;
    thread->is_detached = attributes->detached;
    thread->start = start;
    thread->argument = argument;
    thread->next = others;
    others = thread;
    __atomic_fetch_add(&running, 1, __ATOMIC_SEQ_CST);
    *result = thread;
    const int number = thread_create(begin, (void *)((uintptr_t)thread & ~(uintptr_t)15), thread, thread);
    if (number < 0) {
        __atomic_fetch_sub(&running, 1, __ATOMIC_SEQ_CST);
        forget(thread);
        return EAGAIN;
    }
    thread->number = number;  // as it does itself: whoever is first
    return 0;
}

// ---- the end ----

void __cleanup_push(struct __cleanup *cleanup) {
    cleanup->next = __this_thread()->cleanups;
    __this_thread()->cleanups = cleanup;
}

// What is called may itself end the thread: it is off the list by then.
void __cleanup_pop(int call) {
    struct __cleanup *newest = __this_thread()->cleanups;
    __this_thread()->cleanups = newest->next;
    if (call) newest->function(newest->argument);
}

// The leader stays until the last of the others has gone; that ends the program.
static _Noreturn void wait_for_all(struct __pthread *thread) {
    __atomic_store_n(&thread->alive, 0, __ATOMIC_RELEASE);  // for pthread_join()
    futex_wake(&thread->alive, INT_MAX);
    for (unsigned count; (count = __atomic_load_n(&running, __ATOMIC_ACQUIRE)) > 1;) futex_wait(&running, count, NULL);
    exit(0);
}

void pthread_exit(void *result) {
    struct __pthread *thread = __this_thread();
    while (thread->cleanups != NULL) __cleanup_pop(1);
    __forget_values(thread);
    __forget_variables(thread);
    thread->result = result;
    if (thread == leader) wait_for_all(thread);
    __atomic_fetch_sub(&running, 1, __ATOMIC_SEQ_CST);
    futex_wake(&running, 1);
    thread_exit(&thread->alive);
}

int pthread_join(pthread_t thread, void **result) {
    if (thread == __this_thread()) return EDEADLK;
    if (thread->is_detached) return EINVAL;
    while (__atomic_load_n(&thread->alive, __ATOMIC_ACQUIRE)) futex_wait(&thread->alive, 1, NULL);
    if (result) *result = thread->result;
    HOLD(&__threads_lock);
    forget(thread);
    return 0;
}

int pthread_detach(pthread_t thread) {
    if (thread->is_detached) return EINVAL;
    thread->is_detached = true;
    return 0;
}

// fork() has copied one thread only, which leads the new process. Its own memory it keeps to the end.
void __become_only_thread(void) {
    struct __pthread *me = __this_thread();
    while (others != NULL) {
        struct __pthread *thread = others;
        others = thread->next;
        if (thread != me) give_memory_back(thread);
    }
    leader = me;
    running = 1;
}

// ---- and in between ----

pthread_t pthread_self(void) { return __this_thread(); }
int pthread_equal(pthread_t a, pthread_t b) { return a == b; }
int pthread_yield(void) { return sched_yield(); }

static int error_of(int result) { return result < 0 ? errno : 0; }

int pthread_kill(pthread_t thread, int signal) {
    const int number = thread == leader ? getpid() : thread->number;
    return error_of(thread_kill(number, signal));
}

int pthread_sigmask(int how, const sigset_t *set, sigset_t *old_set) {
    return error_of(sigprocmask(how, set, old_set));
}

int *__errno_location(void) { return &__this_thread()->error; }
