// Small things of stdlib.h: arithmetic, random numbers, sorting and searching.

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int abs(int value) { return value < 0 ? -value : value; }
long labs(long value) { return value < 0 ? -value : value; }
long long llabs(long long value) { return value < 0 ? -value : value; }
div_t div(int dividend, int divisor) { return (div_t){dividend / divisor, dividend % divisor}; }
ldiv_t ldiv(long dividend, long divisor) { return (ldiv_t){dividend / divisor, dividend % divisor}; }
lldiv_t lldiv(long long dividend, long long divisor) { return (lldiv_t){dividend / divisor, dividend % divisor}; }

// Marsaglia's xorshift: three shifts, period 2^32 - 1.
int rand_r(unsigned *seed) {
    unsigned x = *seed != 0 ? *seed : 2463534242u;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    *seed = x;
    return (int)(x & RAND_MAX);
}

static unsigned random_state = 1;

int rand(void) { return rand_r(&random_state); }
void srand(unsigned seed) { random_state = seed; }
long random(void) { return rand(); }
void srandom(unsigned seed) { srand(seed); }

void *bsearch(const void *key, const void *base, size_t count, size_t size,
              int (*compare)(const void *, const void *)) {
    const char *low = base;
    while (count > 0) {
        const char *middle = low + count / 2 * size;
        const int order = compare(key, middle);
        if (order == 0) return (void *)middle;
        if (order > 0) {
            low = middle + size;
            count -= count / 2 + 1;
        } else {
            count /= 2;
        }
    }
    return NULL;
}

static void exchange(char *a, char *b, size_t size) {
    if (((uintptr_t)a | (uintptr_t)b | size) % sizeof(int) == 0) {
        for (; size > 0; size -= sizeof(int), a += sizeof(int), b += sizeof(int)) {
            const int kept = *(int *)a;
            *(int *)a = *(int *)b;
            *(int *)b = kept;
        }
        return;
    }
    for (; size > 0; --size, ++a, ++b) {
        const char kept = *a;
        *a = *b;
        *b = kept;
    }
}

// Heap sort: never slower than n log n and needs no memory. Like C's qsort it may reorder equal elements.
static void sink(char *base, size_t root, size_t count, size_t size, int (*compare)(const void *, const void *)) {
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && compare(base + child * size, base + (child + 1) * size) < 0) ++child;
        if (compare(base + root * size, base + child * size) >= 0) return;
        exchange(base + root * size, base + child * size, size);
    }
}

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *)) {
    if (count < 2 || size == 0) return;
    for (size_t root = count / 2; root-- > 0;) sink(base, root, count, size, compare);
    for (size_t last = count - 1; last > 0; --last) {
        exchange(base, (char *)base + last * size, size);
        sink(base, 0, last, size, compare);
    }
}
