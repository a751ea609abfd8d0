// 64-bit arithmetic, which a 32-bit machine does in routines: every operation on many pairs.

#include <stdint.h>
#include <stdio.h>

static const int64_t interesting[] = {0, 1, -1, 2, -2, 3, 7, -7, 10, 100, 255, 65535, 65536, 1000000007,
                                      INT32_MAX, INT32_MIN, UINT32_MAX, 1ll << 32, (1ll << 32) + 1, -(1ll << 32),
                                      123456789012345678ll, -987654321098765432ll, INT64_MAX, INT64_MIN};
enum { COUNT = sizeof interesting / sizeof interesting[0] };

static uint64_t mixed = 14695981039346656037ull;

static void mix(uint64_t value) { mixed = (mixed ^ value) * 1099511628211ull; }

static void try_pair(int64_t a, int64_t b) {
    mix((uint64_t)a + (uint64_t)b);
    mix((uint64_t)a - (uint64_t)b);
    mix((uint64_t)a * (uint64_t)b);
    if (b != 0) {
        mix((uint64_t)a / (uint64_t)b);
        mix((uint64_t)a % (uint64_t)b);
        if (!(a == INT64_MIN && b == -1)) {
            mix((uint64_t)(a / b));
            mix((uint64_t)(a % b));
        }
    }
    const int shift = (int)(b & 63);
    mix((uint64_t)a << shift);
    mix((uint64_t)a >> shift);
    mix((uint64_t)(a >> shift));
    mix((uint64_t)(a < b) | (uint64_t)((uint64_t)a < (uint64_t)b) << 1 | (uint64_t)(a == b) << 2);
    if (a != 0) {
        mix((uint64_t)__builtin_clzll((uint64_t)a));
        mix((uint64_t)__builtin_ctzll((uint64_t)a));
    }
    mix((uint64_t)__builtin_popcountll((uint64_t)a));
}

int main(void) {
    for (int i = 0; i < COUNT; ++i) {
        for (int j = 0; j < COUNT; ++j) try_pair(interesting[i], interesting[j]);
        printf("%016llx\n", (unsigned long long)mixed);
    }
    uint64_t random = 88172645463325252ull;
    for (int i = 0; i < 2000; ++i) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        const int64_t a = (int64_t)(random >> (i % 61)), b = (int64_t)(random * 31 >> (i % 53));
        try_pair(a, b);
        if (i % 100 == 0) printf("%lld / %lld = %lld\n", (long long)a, (long long)b, (long long)(b ? a / b : 0));
    }
    printf("%016llx\n", (unsigned long long)mixed);
    return 0;
}
