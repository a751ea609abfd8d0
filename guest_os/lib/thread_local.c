// What each thread has for itself: values by keys, and variables that C calls _Thread_local. The compiler turns each access
// to one of those into a call of __emutls_get_address().

#include "thread.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// ---- keys ----

static void (*destructors[PTHREAD_KEYS_MAX])(void *);
static bool is_used[PTHREAD_KEYS_MAX];
struct __lock __keys_lock;

int pthread_key_create(pthread_key_t *key, void (*destructor)(void *)) {
    HOLD(&__keys_lock);
    for (unsigned i = 0; i < PTHREAD_KEYS_MAX; ++i) {
        if (is_used[i]) continue;
        is_used[i] = true;
        destructors[i] = destructor;
        *key = i;
        return 0;
    }
    return EAGAIN;
}

int pthread_key_delete(pthread_key_t key) {
    if (key >= PTHREAD_KEYS_MAX || !is_used[key]) return EINVAL;
    HOLD(&__keys_lock);
    is_used[key] = false;
    destructors[key] = NULL;
    return 0;
}

void *pthread_getspecific(pthread_key_t key) { return key < PTHREAD_KEYS_MAX ? __this_thread()->values[key] : NULL; }

int pthread_setspecific(pthread_key_t key, const void *value) {
    if (key >= PTHREAD_KEYS_MAX || !is_used[key]) return EINVAL;
    __this_thread()->values[key] = (void *)value;
    return 0;
}

// A destructor may set values again: a few rounds.
void __forget_values(struct __pthread *thread) {
    bool again = true;
    for (int round = 0; again && round < 4; ++round) {
        again = false;
        for (unsigned i = 0; i < PTHREAD_KEYS_MAX; ++i) {
            void *value = thread->values[i];
            thread->values[i] = NULL;
            if (value == NULL || destructors[i] == NULL) continue;
            destructors[i](value);
            again = true;
        }
    }
}

// ---- _Thread_local ----

// The compiler makes one of these for each variable.
struct __variable {
    size_t size, alignment;
    uintptr_t number;     // 0: not used by any thread yet
    const void *initial;  // null: zeros
};

static uintptr_t numbers;
struct __lock __numbers_lock;

static uintptr_t number_of(struct __variable *variable) {
    uintptr_t number = __atomic_load_n(&variable->number, __ATOMIC_ACQUIRE);
    if (number != 0) return number;
    HOLD(&__numbers_lock);
    if (variable->number == 0) __atomic_store_n(&variable->number, ++numbers, __ATOMIC_RELEASE);
    return variable->number;
}

static void *make(const struct __variable *variable) {
    void *copy = aligned_alloc(variable->alignment, variable->size);
    if (copy == NULL) abort();
    if (variable->initial) memcpy(copy, variable->initial, variable->size);
    else memset(copy, 0, variable->size);
    return copy;
}

static void make_room(struct __pthread *thread, unsigned count) {
    void **more = realloc(thread->variables, count * sizeof *more);
    if (more == NULL) abort();
    memset(more + thread->variable_count, 0, (count - thread->variable_count) * sizeof *more);
    thread->variables = more;
    thread->variable_count = count;
}

void *__emutls_get_address(struct __variable *variable) {
    struct __pthread *thread = __this_thread();
    const uintptr_t number = number_of(variable);
    if (number > thread->variable_count) make_room(thread, (unsigned)number);
    void **place = &thread->variables[number - 1];
    if (*place == NULL) *place = make(variable);
    return *place;
}

void __forget_variables(struct __pthread *thread) {
    for (unsigned i = 0; i < thread->variable_count; ++i) free(thread->variables[i]);
    free(thread->variables);
    thread->variables = NULL;
    thread->variable_count = 0;
}
