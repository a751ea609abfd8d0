// Atomic objects of more than a word: what compilers call for them. One lock stands for the instruction that the machine
// does not have; nobody holds it for longer than a few instructions. (A signal handler that runs meanwhile is not kept
// out: such objects are not lock-free, and C lets handlers use only those that are.)

#include "thread.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct __lock __atomics_lock;

// The names belong to the compiler, which knows other types for them: so they are given to the assembler only.
#define NAMED(name) __asm__("__atomic_" name)

void wide_load(size_t size, const void *object, void *to, int order) NAMED("load");
void wide_store(size_t size, void *object, const void *from, int order) NAMED("store");
void wide_exchange(size_t size, void *object, const void *from, void *old, int order) NAMED("exchange");
bool wide_compare_exchange(size_t size, void *object, void *expected, const void *wanted, int order, int otherwise)
    NAMED("compare_exchange");
uint64_t load_8(const uint64_t *object, int order) NAMED("load_8");
void store_8(uint64_t *object, uint64_t value, int order) NAMED("store_8");
uint64_t exchange_8(uint64_t *object, uint64_t value, int order) NAMED("exchange_8");
bool compare_exchange_8(uint64_t *object, uint64_t *expected, uint64_t wanted, int order, int otherwise)
    NAMED("compare_exchange_8");

void wide_load(size_t size, const void *object, void *to, int order) {
    (void)order;
    HOLD(&__atomics_lock);
    memcpy(to, object, size);
}

void wide_store(size_t size, void *object, const void *from, int order) {
    (void)order;
    HOLD(&__atomics_lock);
    memcpy(object, from, size);
}

void wide_exchange(size_t size, void *object, const void *from, void *old, int order) {
    (void)order;
    HOLD(&__atomics_lock);
    memcpy(old, object, size);
    memcpy(object, from, size);
}

bool wide_compare_exchange(size_t size, void *object, void *expected, const void *wanted, int order, int otherwise) {
    (void)order, (void)otherwise;
    HOLD(&__atomics_lock);
    const bool same = memcmp(object, expected, size) == 0;
    if (same) memcpy(object, wanted, size);
    else memcpy(expected, object, size);
    return same;
}

uint64_t load_8(const uint64_t *object, int order) {
    uint64_t value;
    wide_load(sizeof value, object, &value, order);
    return value;
}

void store_8(uint64_t *object, uint64_t value, int order) { wide_store(sizeof value, object, &value, order); }

uint64_t exchange_8(uint64_t *object, uint64_t value, int order) {
    uint64_t old;
    wide_exchange(sizeof value, object, &value, &old, order);
    return old;
}

bool compare_exchange_8(uint64_t *object, uint64_t *expected, uint64_t wanted, int order, int otherwise) {
    return wide_compare_exchange(sizeof wanted, object, expected, &wanted, order, otherwise);
}

#define FETCH(what, operation)                                                       \
    uint64_t fetch_##what##_8(uint64_t *object, uint64_t value, int order) NAMED("fetch_" #what "_8"); \
    uint64_t fetch_##what##_8(uint64_t *object, uint64_t value, int order) {         \
        (void)order;                                                                 \
        HOLD(&__atomics_lock);                                                       \
        const uint64_t old = *object;                                                \
        *object = old operation value;                                               \
        return old;                                                                  \
    }
FETCH(add, +)
FETCH(sub, -)
FETCH(and, &)
FETCH(or, |)
FETCH(xor, ^)
