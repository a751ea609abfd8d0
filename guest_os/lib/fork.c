// fork(). The child has one thread only, the one that called: what libc knows of threads becomes true there, and no lock
// of libc's stays with a thread that does not exist.

#include "file.h"

#include <errno.h>
#include <unistd.h>

enum { MOST_HANDLERS = 16 };
static struct {
    void (*before)(void);
    void (*in_parent)(void);
    void (*in_child)(void);
} handlers[MOST_HANDLERS];
static int handler_count;

int pthread_atfork(void (*before)(void), void (*in_parent)(void), void (*in_child)(void)) {
    if (handler_count == MOST_HANDLERS) return ENOMEM;
    handlers[handler_count].before = before;
    handlers[handler_count].in_parent = in_parent;
    handlers[handler_count++].in_child = in_child;
    return 0;
}

// What they guard is in order while fork() has them all. None is taken by one who has another, so any order will do.
static struct __lock *const locks[] = {&__threads_lock, &__keys_lock,  &__numbers_lock,
                                       &__files_lock,   &__heap_lock, &__atomics_lock, &__waits_lock};
enum { LOCKS = sizeof locks / sizeof locks[0] };

static pid_t fork_with_locks(void) {
    struct __lock *held[LOCKS];
    for (int i = 0; i < LOCKS; ++i) held[i] = __lock(locks[i]);
    const pid_t child = __fork();
    if (child == 0) {
        __become_only_thread();
        __unlock_files_of_others();
    }
    for (int i = 0; i < LOCKS; ++i) __unlock(&held[i]);
    return child;
}

static pid_t fork_with_handlers(void) {
    for (int i = handler_count - 1; i >= 0; --i) {
        if (handlers[i].before) handlers[i].before();
    }
    const pid_t child = __has_threads ? fork_with_locks() : __fork();
    for (int i = 0; i < handler_count; ++i) {
        void (*after)(void) = child == 0 ? handlers[i].in_child : handlers[i].in_parent;
        if (after) after();
    }
    return child;
}

// Most programs have neither. Then nothing is stored here after the call, which would have a page of the stack copied.
pid_t fork(void) { return __has_threads || handler_count > 0 ? fork_with_handlers() : __fork(); }
