// The run-time routines for float.

#include <stdint.h>

#define REAL float
#define BITS uint32_t
#define FRACTION 23
#define EXPONENT 8
#define CALL(operation, suffix) operation##sf##suffix
#define FROM(type) __float##type##sf

static void multiply_wide(uint32_t a, uint32_t b, uint32_t *high, uint32_t *low) {
    const uint64_t product = (uint64_t)a * b;
    *low = (uint32_t)product;
    *high = (uint32_t)(product >> 32);
}

#include "soft_float.h"

float __truncdfsf2(double value);

// A double's fraction has 29 bits more; three of them, the last one sticky, decide how it is rounded.
float __truncdfsf2(double value) {
    union {
        double value;
        uint64_t bits;
    } in = {value};
    const bool negative = in.bits >> 63 != 0;
    const int exponent = (int)(in.bits >> 52) & 0x7FF;
    const uint64_t fraction = in.bits & 0xFFFFFFFFFFFFF;
    if (exponent == 0x7FF) return real_of(fraction != 0 ? NOT_A_NUMBER : (negative ? SIGN : 0) | INFINITE);
    if (exponent == 0) return real_of(negative ? SIGN : 0);  // far below the smallest float
    const uint64_t whole = fraction | 1ull << 52;
    const uint32_t mantissa = (uint32_t)(whole >> 26) | ((whole & ((1u << 26) - 1)) != 0);
    return put_together((struct parts){negative, exponent - 1023 + BIAS, mantissa});
}
