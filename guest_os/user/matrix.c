// matrix [size]: multiplies two square matrices three times, with the loops in different orders: the same result, and
// the same arithmetic; the time differs only by how the addresses are computed, because this machine has no caches.

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "common/lines.h"

static int *a, *b, *c, size;

static void multiply_ijk(void) {
    for (int i = 0; i < size; ++i) {
        for (int j = 0; j < size; ++j) {
            int sum = 0;
            for (int k = 0; k < size; ++k) sum += a[i * size + k] * b[k * size + j];
            c[i * size + j] = sum;
        }
    }
}

static void multiply_ikj(void) {
    for (int i = 0; i < size * size; ++i) c[i] = 0;
    for (int i = 0; i < size; ++i) {
        for (int k = 0; k < size; ++k) {
            const int factor = a[i * size + k];
            for (int j = 0; j < size; ++j) c[i * size + j] += factor * b[k * size + j];
        }
    }
}

static int checksum(void) {
    int sum = 0;
    for (int i = 0; i < size * size; ++i) sum = sum * 31 + c[i];
    return sum;
}

static void measure(const char *name, void (*multiply)(void)) {
    const clock_t before = clock();
    multiply();
    fprintf(stderr, "%s: %ld cycles\n", name, clock() - before);
    printf("%s: check %08x\n", name, (unsigned)checksum());
}

int main(int argc, char *argv[]) {
    size = argc > 1 ? (int)number_or_exit("matrix", argv[1], 1) : 32;
    const size_t bytes = (size_t)size * (size_t)size * sizeof *a;
    a = malloc(bytes);
    b = malloc(bytes);
    c = malloc(bytes);
    if (size < 1 || a == NULL || b == NULL || c == NULL) {
        fprintf(stderr, "matrix: no memory for three matrices of that size\n");
        return 1;
    }
    for (int i = 0; i < size * size; ++i) {
        a[i] = i % 7;
        b[i] = i % 5 - 2;
    }
    measure("ijk", multiply_ijk);
    measure("ikj", multiply_ikj);
    return 0;
}
