// Small computations of the kind that benchmarks use: sieve, fibonacci, quicksort, crc32, matrices, a hash table of
// strings, queens, a linked list.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int count_primes(int limit) {
    char *crossed = calloc((size_t)limit, 1);
    int count = 0;
    for (int n = 2; n < limit; ++n) {
        if (crossed[n]) continue;
        ++count;
        for (int m = 2 * n; m < limit; m += n) crossed[m] = 1;
    }
    free(crossed);
    return count;
}

static int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

static void quicksort(int *low, int *high) {
    while (low < high) {
        const int pivot = low[(high - low) / 2];
        int *i = low, *j = high;
        while (i <= j) {
            while (*i < pivot) ++i;
            while (*j > pivot) --j;
            if (i <= j) {
                const int kept = *i;
                *i++ = *j;
                *j-- = kept;
            }
        }
        quicksort(low, j);
        low = i;
    }
}

static uint32_t crc32(const unsigned char *bytes, int count) {
    uint32_t crc = 0xFFFFFFFF;
    for (int i = 0; i < count; ++i) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return ~crc;
}

static int multiply_matrices(void) {
    enum { N = 16 };
    static int a[N][N], b[N][N], c[N][N];
    for (int i = 0; i < N; ++i) {
        for (int j = 0; j < N; ++j) a[i][j] = i * j + 1, b[i][j] = i - j;
    }
    for (int i = 0; i < N; ++i) {
        for (int j = 0; j < N; ++j) {
            c[i][j] = 0;
            for (int k = 0; k < N; ++k) c[i][j] += a[i][k] * b[k][j];
        }
    }
    int trace = 0;
    for (int i = 0; i < N; ++i) trace += c[i][i] + c[i][N - 1 - i];
    return trace;
}

struct word {
    char text[12];
    int count;
    struct word *next;
};

static unsigned count_words(void) {
    static struct word *table[64];
    unsigned seed = 7;
    for (int i = 0; i < 3000; ++i) {
        char text[12];
        seed = seed * 1103515245u + 12345u;
        snprintf(text, sizeof text, "w%u", seed >> 16 & 0xFF);
        unsigned hash = 5381;
        for (const char *c = text; *c; ++c) hash = hash * 33 + (unsigned char)*c;
        struct word **link = &table[hash % 64];
        while (*link != NULL && strcmp((*link)->text, text) != 0) link = &(*link)->next;
        if (*link == NULL) {
            *link = calloc(1, sizeof **link);
            strcpy((*link)->text, text);
        }
        ++(*link)->count;
    }
    unsigned result = 0;
    for (int i = 0; i < 64; ++i) {
        for (struct word *w = table[i]; w != NULL; w = w->next) result = result * 17 + (unsigned)(w->count * w->text[1]);
    }
    return result;
}

static int queens(int n, unsigned columns, unsigned left, unsigned right) {
    const unsigned all = (1u << n) - 1;
    if (columns == all) return 1;
    int solutions = 0;
    for (unsigned free = all & ~(columns | left | right); free != 0; free &= free - 1) {
        const unsigned bit = free & -free;
        solutions += queens(n, columns | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return solutions;
}

int main(void) {
    printf("%d primes\n", count_primes(5000));
    printf("fibonacci %d\n", fibonacci(17));
    static int values[3000];
    unsigned seed = 1;
    for (int i = 0; i < 3000; ++i) values[i] = (int)(seed = seed * 1664525u + 1013904223u);
    quicksort(values, values + 2999);
    int ordered = 1;
    for (int i = 1; i < 3000; ++i) ordered &= values[i - 1] <= values[i];
    printf("sorted %d %d\n", ordered, values[1500]);
    printf("crc %08x\n", crc32((const unsigned char *)values, sizeof values));
    printf("matrix %d\n", multiply_matrices());
    printf("words %u\n", count_words());
    printf("queens %d\n", queens(7, 0, 0, 0));
    return 0;
}
