// The few functions of long double, which has 113 bits and 15 of exponent.

#include <math.h>

long double fmaxl(long double x, long double y) { return x != x || x < y ? y : x; }
long double fminl(long double x, long double y) { return x != x || x > y ? y : x; }

int ilogbl(long double x) {
    const union {
        long double value;
        unsigned long long halves[2];
    } bits = {x};
    const int exponent = (int)(bits.halves[1] >> 48) & 0x7FFF;
    if (x == 0) return FP_ILOGB0;
    if (exponent == 0x7FFF) return FP_ILOGBNAN;
    if (exponent == 0) return ilogbl(x * 0x1p113L) - 113;
    return exponent - 0x3FFF;
}
