// Arithmetic on bit patterns: edge cases and pseudo-random ones. Results are summed up in check numbers so that the
// output stays short; the edge cases are printed. A NaN counts as one whatever its bits.

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "random_bits.h"

static uint64_t state = 88172645463325252ull;

static float float_of(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t bits_of_double(double value) {
    uint64_t bits;
    if (value != value) return 0x7FF8000000000000;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static uint32_t bits_of_float(float value) {
    uint32_t bits;
    if (value != value) return 0x7FC00000;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static const uint64_t doubles[] = {
    0, 0x8000000000000000, 1, 2, 3, 0x000FFFFFFFFFFFFF, 0x0010000000000000, 0x0010000000000001, 0x001FFFFFFFFFFFFF,
    0x3FF0000000000000, 0xBFF0000000000000, 0x3FF0000000000001, 0x3FEFFFFFFFFFFFFF, 0x4000000000000000,
    0x4008000000000000, 0x3FE0000000000000, 0x7FEFFFFFFFFFFFFF, 0xFFEFFFFFFFFFFFFF, 0x7FE0000000000000,
    0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 0x7FF0000000000001, 0x4330000000000000,
    0x4340000000000001, 0x3CA0000000000000, 0x3CB0000000000000, 0x43E0000000000000, 0xC3E0000000000000,
    0x41E0000000000000, 0x40091EB851EB851F, 0x3FB999999999999A, 0x8000000000000001, 0x0000000000100000,
};
static const uint32_t floats[] = {
    0, 0x80000000, 1, 2, 3, 0x007FFFFF, 0x00800000, 0x00800001, 0x3F800000, 0xBF800000, 0x3F800001, 0x3F7FFFFF,
    0x40000000, 0x40400000, 0x7F7FFFFF, 0xFF7FFFFF, 0x7F800000, 0xFF800000, 0x7FC00000, 0x4B000000, 0x4B800001,
    0x33800000, 0x34000000, 0x5F000000, 0xDF000000, 0x3DCCCCCD, 0x80000001, 0x00000100, 0x7F000000,
};
enum { DOUBLES = sizeof doubles / sizeof doubles[0], FLOATS = sizeof floats / sizeof floats[0] };

static uint64_t sum;

static void mix(uint64_t value) { sum = (sum << 7 | sum >> 57) ^ (value * 0x9E3779B97F4A7C15ull); }

static void mix_doubles(double a, double b) {
    mix(bits_of_double(a + b));
    mix(bits_of_double(a - b));
    mix(bits_of_double(a * b));
    mix(bits_of_double(a / b));
    mix((a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 | (a != b) << 5);
    mix(bits_of_float((float)a));
    mix(bits_of_double(-a));
}

static void mix_floats(float a, float b) {
    mix(bits_of_float(a + b));
    mix(bits_of_float(a - b));
    mix(bits_of_float(a * b));
    mix(bits_of_float(a / b));
    mix((a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 | (a != b) << 5);
    mix(bits_of_double(a));
}

static void mix_integers(uint64_t bits) {
    mix(bits_of_double((double)(int64_t)bits));
    mix(bits_of_double((double)bits));
    mix(bits_of_float((float)(int64_t)bits));
    mix(bits_of_float((float)bits));
    mix(bits_of_double((double)(int32_t)bits));
    mix(bits_of_double((double)(uint32_t)bits));
    mix(bits_of_float((float)(int32_t)bits));
    mix(bits_of_float((float)(uint32_t)bits));
    // Only what fits: the rest is undefined.
    const double small = (double)(int64_t)bits / 4294967296.0, positive = small < 0 ? -small : small;
    mix((uint64_t)(int32_t)small);
    mix((uint64_t)(int64_t)(small * 1024.0));
    mix((uint32_t)positive);
    mix((uint64_t)(positive * 4096.0));
    mix((uint64_t)(int32_t)(float)(small / 2));
}

int main(void) {
    for (int i = 0; i < DOUBLES; ++i) {
        for (int k = 0; k < DOUBLES; ++k) mix_doubles(double_of(doubles[i]), double_of(doubles[k]));
        printf("%d %016llx\n", i, (unsigned long long)sum);
    }
    for (int i = 0; i < FLOATS; ++i) {
        for (int k = 0; k < FLOATS; ++k) mix_floats(float_of(floats[i]), float_of(floats[k]));
        printf("%d %016llx\n", i, (unsigned long long)sum);
    }
    for (int i = 0; i < 4000; ++i) {
        const uint64_t a = next(&state), b = next(&state);
        mix_doubles(double_of(a), double_of(b));
        // Of nearly the same size, where sums cancel and products round.
        mix_doubles(double_of((a & 0x800FFFFFFFFFFFFF) | 0x3FF0000000000000), double_of((b & 0x803FFFFFFFFFFFFF) | 0x3FC0000000000000));
        mix_doubles(double_of(a & 0x803FFFFFFFFFFFFF), double_of((b & 0x800FFFFFFFFFFFFF) | 0x3FE0000000000000));
        mix_floats(float_of((uint32_t)a), float_of((uint32_t)b));
        mix_floats(float_of(((uint32_t)a & 0x807FFFFF) | 0x3F800000), float_of(((uint32_t)b & 0x83FFFFFF) | 0x3C000000));
        mix_integers(a >> (b & 63));
        if (i % 500 == 0) printf("%d %016llx\n", i, (unsigned long long)sum);
    }
    printf("%016llx\n", (unsigned long long)sum);
    return 0;
}
