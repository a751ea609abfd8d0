// The run-time routines for double.

#include <stdint.h>

#define REAL double
#define BITS uint64_t
#define FRACTION 52
#define EXPONENT 11
#define CALL(operation, suffix) operation##df##suffix
#define FROM(type) __float##type##df

// Schoolbook multiplication with digits of 32 bits.
static void multiply_wide(uint64_t a, uint64_t b, uint64_t *high, uint64_t *low) {
    const uint32_t a0 = (uint32_t)a, a1 = (uint32_t)(a >> 32), b0 = (uint32_t)b, b1 = (uint32_t)(b >> 32);
    const uint64_t p00 = (uint64_t)a0 * b0, p01 = (uint64_t)a0 * b1, p10 = (uint64_t)a1 * b0, p11 = (uint64_t)a1 * b1;
    const uint64_t middle = (p00 >> 32) + (uint32_t)p01 + (uint32_t)p10;
    *low = middle << 32 | (uint32_t)p00;
    *high = p11 + (p01 >> 32) + (p10 >> 32) + (middle >> 32);
}

#include "soft_float.h"

double __extendsfdf2(float value);

double __extendsfdf2(float value) {
    union {
        float value;
        uint32_t bits;
    } in = {value};
    const uint64_t sign = (uint64_t)(in.bits >> 31) << 63;
    uint32_t fraction = in.bits & 0x7FFFFF;
    int exponent = in.bits >> 23 & 0xFF;
    if (exponent == 0xFF) return real_of(fraction != 0 ? NOT_A_NUMBER : sign | INFINITE);
    if (exponent == 0) {
        if (fraction == 0) return real_of(sign);
        const int shift = __builtin_clz(fraction) - 8;
        fraction = fraction << shift & 0x7FFFFF;
        exponent = 1 - shift;
    }
    return real_of(sign | (uint64_t)(exponent - 127 + BIAS) << FRACTION | (uint64_t)fraction << (FRACTION - 23));
}
