// The part of math.h that is about how a double is made: signs, exponents, whole and fraction. All exact.

#include "math_errors.h"

#include <math.h>
#include <stdint.h>

union bits {
    double value;
    uint64_t bits;
};

static const uint64_t kSign = 1ull << 63;

double fabs(double x) {
    union bits u = {x};
    u.bits &= ~kSign;
    return u.value;
}

double copysign(double x, double y) {
    union bits u = {x};
    const union bits sign = {y};
    u.bits = (u.bits & ~kSign) | (sign.bits & kSign);
    return u.value;
}

static int exponent_of(double x) { return (int)((union bits){x}.bits >> 52 & 0x7FF) - 1023; }

double trunc(double x) {
    union bits u = {x};
    const int exponent = exponent_of(x);
    if (exponent < 0) return copysign(0.0, x);
    if (exponent < 52) u.bits &= ~((1ull << (52 - exponent)) - 1);
    return u.value;
}

double floor(double x) {
    const double whole = trunc(x);
    return whole > x ? whole - 1 : whole;
}

double ceil(double x) {
    const double whole = trunc(x);
    return whole < x ? copysign(whole + 1, x) : whole;
}

double round(double x) {
    const double whole = trunc(x);
    return fabs(x - whole) >= 0.5 ? whole + copysign(1.0, x) : whole;
}

// Half to even. Adding 2^52 leaves no room for a fraction, and the addition rounds.
double rint(double x) {
    const double large = 4503599627370496.0;
    if (!(fabs(x) < large)) return x;
    return copysign(fabs(x) + large - large, x);
}

double nearbyint(double x) { return rint(x); }

double modf(double x, double *whole) {
    *whole = trunc(x);
    return isinf(x) ? copysign(0.0, x) : copysign(x - *whole, x);
}

double frexp(double x, int *exponent) {
    *exponent = 0;
    if (x == 0 || !isfinite(x)) return x;
    if (exponent_of(x) == -1023) {  // subnormal
        x = frexp(x * 18014398509481984.0, exponent);
        *exponent -= 54;
        return x;
    }
    union bits u = {x};
    *exponent = exponent_of(x) + 1;
    u.bits = (u.bits & ~(0x7FFull << 52)) | 1022ull << 52;
    return u.value;
}

static double power_of_two(int exponent) { return (union bits){.bits = (uint64_t)(exponent + 1023) << 52}.value; }

// In steps that are exact, but for the last one: it rounds if the result is subnormal.
double ldexp(double x, int exponent) {
    for (int steps = 0; exponent > 1023 && steps < 3; ++steps, exponent -= 1023) x *= power_of_two(1023);
    for (int steps = 0; exponent < -1022 && steps < 3; ++steps) {
        // Leave 53 bits of room, so that there is only one rounding.
        x *= power_of_two(-1022 + 53);
        exponent += 1022 - 53;
    }
    if (exponent > 1023) exponent = 1023;
    if (exponent < -1022) exponent = -1022;
    return x * power_of_two(exponent);
}

double scalbn(double x, int exponent) { return ldexp(x, exponent); }
double scalbln(double x, long exponent) { return ldexp(x, (int)exponent); }

// The remainder of long division, one binary digit at a time: exact.
double fmod(double x, double y) {
    if (isnan(x) || isnan(y)) return NAN;
    if (isinf(x) || y == 0) return __no_such_value();
    double rest = fabs(x);
    const double divisor = fabs(y);
    if (isinf(y) || rest < divisor) return x;
    int rest_exponent, divisor_exponent;
    frexp(rest, &rest_exponent);
    frexp(divisor, &divisor_exponent);
    for (int shift = rest_exponent - divisor_exponent; shift >= 0; --shift) {
        const double part = ldexp(divisor, shift);
        if (rest >= part) rest -= part;
    }
    return copysign(rest, x);
}

int ilogb(double x) {
    int exponent;
    if (x == 0) return FP_ILOGB0;
    if (!isfinite(x)) return FP_ILOGBNAN;
    frexp(x, &exponent);
    return exponent - 1;
}

int ilogbf(float x) { return ilogb(x); }
double logb(double x) { return x == 0 ? -HUGE_VAL : isinf(x) ? HUGE_VAL : isnan(x) ? x : ilogb(x); }

double nan(const char *tag) {
    (void)tag;
    return NAN;
}

double fmin(double x, double y) { return isnan(x) ? y : isnan(y) || x < y || (x == y && signbit(x)) ? x : y; }
double fmax(double x, double y) { return isnan(x) ? y : isnan(y) || x > y || (x == y && signbit(y)) ? x : y; }
double fdim(double x, double y) { return isnan(x) || isnan(y) ? NAN : x > y ? x - y : 0; }

long lround(double x) { return (long)round(x); }
long lrint(double x) { return (long)rint(x); }
long long llround(double x) { return (long long)round(x); }
long long llrint(double x) { return (long long)rint(x); }

// What is left of x when the nearest multiple of y is taken away, an even one if two are as near; and which multiple, but for
// its higher bits.
double remquo(double x, double y, int *multiple) {
    const double divisor = fabs(y), kept = fabs(fmod(x, 8 * divisor));
    *multiple = 0;
    if (isnan(kept) || isinf(y)) return isnan(kept) ? kept : x;
    double rest = fmod(kept, divisor);
    int count = (int)((kept - rest) / divisor + 0.5);
    if (rest > divisor - rest || (rest == divisor - rest && count % 2 != 0)) {
        rest -= divisor;
        ++count;
    }
    *multiple = signbit(x) != signbit(y) ? -(count % 8) : count % 8;
    return signbit(x) ? -rest : rest;
}

double remainder(double x, double y) {
    int multiple;
    return remquo(x, y, &multiple);
}

// The next number from x in the direction of y.
double nextafter(double x, double y) {
    if (isnan(x) || isnan(y)) return NAN;
    if (x == y) return y;
    union {
        double value;
        uint64_t bits;
    } number = {x};
    if (x == 0) number.bits = 1;
    else if ((x < y) == (x > 0)) ++number.bits;
    else --number.bits;
    return x == 0 ? copysign(number.value, y) : number.value;
}

// A square root by hand, a binary digit at a time. With x = n * 2^k, k even, the first 54 bits of the root of n are the
// integer part of root(n * 2^54); the last of them rounds, and it is never exactly half.
double sqrt(double x) {
    if (isnan(x) || x == 0 || (isinf(x) && x > 0)) return x;
    if (x < 0) return __no_such_value();
    int exponent;
    uint64_t n = (uint64_t)(frexp(x, &exponent) * 9007199254740992.0);  // 2^53
    exponent -= 53;
    if (exponent % 2 != 0) {
        n *= 2;
        --exponent;
    }
    uint64_t root = 0, rest = 0;
    for (int digit = 0; digit < 54; ++digit) {
        const uint64_t pair = digit < 27 ? n >> (52 - 2 * digit) & 3 : 0;
        const uint64_t trial = root << 2 | 1;
        rest = rest << 2 | pair;
        root <<= 1;
        if (rest >= trial) {
            rest -= trial;
            root |= 1;
        }
    }
    return ldexp((double)((root >> 1) + (root & 1)), exponent / 2 - 26);
}
