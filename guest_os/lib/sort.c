// qsort. Two halves are sorted and merged, which keeps equal elements in their order; that needs memory for a copy. Without
// memory it is heap sort, which needs none.

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct order {
    int (*compare)(const void *a, const void *b, void *context);
    void *context;
    size_t size;  // of an element
};

static int compare(const struct order *order, const void *a, const void *b) { return order->compare(a, b, order->context); }

// ---- merge sort ----

// `copy` has room for half of them.
static void sort_stably(char *base, size_t count, const struct order *order, char *copy) {
    if (count < 2) return;
    const size_t size = order->size, half = count / 2;
    char *left = copy, *const left_end = copy + half * size;
    char *right = base + half * size, *const right_end = base + count * size;
    sort_stably(base, half, order, copy);
    sort_stably(right, count - half, order, copy);
    memcpy(copy, base, half * size);
    for (char *to = base; left < left_end; to += size) {
        const int from_right = right < right_end && compare(order, left, right) > 0;
        memcpy(to, from_right ? right : left, size);
        if (from_right) right += size;
        else left += size;
    }
}

// ---- heap sort ----

static void exchange(char *a, char *b, size_t size) {
    for (; size > 0; --size, ++a, ++b) {
        const char kept = *a;
        *a = *b;
        *b = kept;
    }
}

static void sink(char *base, size_t root, size_t count, const struct order *order) {
    const size_t size = order->size;
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && compare(order, base + child * size, base + (child + 1) * size) < 0) ++child;
        if (compare(order, base + root * size, base + child * size) >= 0) return;
        exchange(base + root * size, base + child * size, size);
    }
}

static void sort_in_place(char *base, size_t count, const struct order *order) {
    for (size_t root = count / 2; root-- > 0;) sink(base, root, count, order);
    for (size_t last = count - 1; last > 0; --last) {
        exchange(base, base + last * order->size, order->size);
        sink(base, 0, last, order);
    }
}

// ---- both ----

static void sort(void *base, size_t count, const struct order *order) {
    if (count < 2 || order->size == 0) return;
    char *copy = malloc(count / 2 * order->size);
    if (copy != NULL) sort_stably(base, count, order, copy);
    else sort_in_place(base, count, order);
    free(copy);
}

void qsort_r(void *base, size_t count, size_t size, int (*order)(const void *, const void *, void *), void *context) {
    sort(base, count, &(struct order){.compare = order, .context = context, .size = size});
}

// The function without a context is the context.
static int ask(const void *a, const void *b, void *context) {
    return (*(int (**)(const void *, const void *))context)(a, b);
}

void qsort(void *base, size_t count, size_t size, int (*order)(const void *, const void *)) {
    sort(base, count, &(struct order){.compare = ask, .context = &order, .size = size});
}
