// Functions of long double, which has 113 bits and 15 of exponent. Those that only handle signs, exponents and whole
// parts, the remainders and the square root are exact, as they are for double.

#include "math_errors.h"

#include <math.h>
#include <stdint.h>

union long_bits {
    long double value;
    uint64_t halves[2];  // the lower one first
};

static const uint64_t kSign = 1ull << 63, kExponent = 0x7FFFull << 48;

static int exponent_of(long double x) { return (int)((union long_bits){x}.halves[1] >> 48 & 0x7FFF) - 16383; }

static long double power_of_two(int exponent) {
    return (union long_bits){.halves = {0, (uint64_t)(exponent + 16383) << 48}}.value;
}

long double fabsl(long double x) {
    union long_bits u = {x};
    u.halves[1] &= ~kSign;
    return u.value;
}

long double copysignl(long double x, long double y) {
    union long_bits u = {x};
    const union long_bits sign = {y};
    u.halves[1] = (u.halves[1] & ~kSign) | (sign.halves[1] & kSign);
    return u.value;
}

long double truncl(long double x) {
    union long_bits u = {x};
    const int exponent = exponent_of(x), behind_point = 112 - exponent;
    if (exponent < 0) return copysignl(0, x);
    if (behind_point <= 0) return x;
    if (behind_point < 64) {
        u.halves[0] &= ~0ull << behind_point;
    } else {
        u.halves[0] = 0;
        u.halves[1] &= ~0ull << (behind_point - 64);
    }
    return u.value;
}

long double floorl(long double x) {
    const long double whole = truncl(x);
    return whole > x ? whole - 1 : whole;
}

long double ceill(long double x) {
    const long double whole = truncl(x);
    return whole < x ? copysignl(whole + 1, x) : whole;
}

long double roundl(long double x) {
    const long double whole = truncl(x);
    return fabsl(x - whole) >= 0.5L ? whole + copysignl(1, x) : whole;
}

long double rintl(long double x) {
    const long double large = 0x1p112L;
    if (!(fabsl(x) < large)) return x;
    return copysignl(fabsl(x) + large - large, x);
}

long double nearbyintl(long double x) { return rintl(x); }

long lroundl(long double x) { return (long)roundl(x); }
long lrintl(long double x) { return (long)rintl(x); }
long long llroundl(long double x) { return (long long)roundl(x); }
long long llrintl(long double x) { return (long long)rintl(x); }

long double modfl(long double x, long double *whole) {
    *whole = truncl(x);
    return isinf(x) ? copysignl(0, x) : copysignl(x - *whole, x);
}

long double frexpl(long double x, int *exponent) {
    *exponent = 0;
    if (x == 0 || !isfinite(x)) return x;
    const int raised = exponent_of(x) == -16383 ? 114 : 0;  // subnormal
    union long_bits u = {raised ? x * 0x1p114L : x};
    *exponent = exponent_of(u.value) + 1 - raised;
    u.halves[1] = (u.halves[1] & ~kExponent) | 16382ull << 48;
    return u.value;
}

// As ldexp.
long double ldexpl(long double x, int exponent) {
    for (int steps = 0; exponent > 16383 && steps < 3; ++steps, exponent -= 16383) x *= power_of_two(16383);
    for (int steps = 0; exponent < -16382 && steps < 3; ++steps) {
        x *= power_of_two(-16382 + 113);
        exponent += 16382 - 113;
    }
    if (exponent > 16383) exponent = 16383;
    if (exponent < -16382) exponent = -16382;
    return x * power_of_two(exponent);
}

long double scalbnl(long double x, int exponent) { return ldexpl(x, exponent); }
long double scalblnl(long double x, long exponent) { return ldexpl(x, (int)exponent); }

int ilogbl(long double x) {
    int exponent;
    if (x == 0) return FP_ILOGB0;
    if (!isfinite(x)) return FP_ILOGBNAN;
    frexpl(x, &exponent);
    return exponent - 1;
}

long double logbl(long double x) {
    return x == 0 ? -HUGE_VALL : isinf(x) ? HUGE_VALL : isnan(x) ? x : ilogbl(x);
}

long double nanl(const char *tag) { return nan(tag); }

long double fmaxl(long double x, long double y) { return x != x || x < y ? y : x; }
long double fminl(long double x, long double y) { return x != x || x > y ? y : x; }
long double fdiml(long double x, long double y) { return x != x || y != y ? x + y : x > y ? x - y : 0; }

// As fmod. All parts but the divisor itself are normal, so that halving them is exact.
long double fmodl(long double x, long double y) {
    if (isnan(x) || isnan(y)) return NAN;
    if (isinf(x) || y == 0) return __no_such_value();
    long double rest = fabsl(x);
    const long double divisor = fabsl(y);
    if (isinf(y) || rest < divisor) return x;
    int rest_exponent, divisor_exponent;
    frexpl(rest, &rest_exponent);
    frexpl(divisor, &divisor_exponent);
    long double part = ldexpl(divisor, rest_exponent - divisor_exponent);
    for (int shift = rest_exponent - divisor_exponent; shift >= 0; --shift, part /= 2) {
        if (rest >= part) rest -= part;
    }
    return copysignl(rest, x);
}

// As remquo.
long double remquol(long double x, long double y, int *multiple) {
    const long double divisor = fabsl(y), kept = fabsl(fmodl(x, 8 * divisor));
    *multiple = 0;
    if (isnan(kept) || isinf(y)) return isnan(kept) ? kept : x;
    long double rest = fmodl(kept, divisor);
    int count = (int)((kept - rest) / divisor + 0.5L);
    if (rest > divisor - rest || (rest == divisor - rest && count % 2 != 0)) {
        rest -= divisor;
        ++count;
    }
    *multiple = signbit(x) != signbit(y) ? -(count % 8) : count % 8;
    return signbit(x) ? -rest : rest;
}

long double remainderl(long double x, long double y) {
    int multiple;
    return remquol(x, y, &multiple);
}

long double nextafterl(long double x, long double y) {
    if (isnan(x) || isnan(y)) return NAN;
    if (x == y) return y;
    union long_bits u = {x};
    if (x == 0) {
        u.halves[0] = 1;
        return copysignl(u.value, y);
    }
    if ((x < y) == (x > 0)) u.halves[1] += ++u.halves[0] == 0;
    else u.halves[1] -= u.halves[0]-- == 0;
    return u.value;
}

long double nexttowardl(long double x, long double y) { return nextafterl(x, y); }

double nexttoward(double x, long double y) {
    if (isnan(x) || isnan(y)) return NAN;
    return x == y ? (double)y : nextafter(x, y > x ? HUGE_VAL : -HUGE_VAL);
}

float nexttowardf(float x, long double y) {
    if (isnan(x) || isnan(y)) return NAN;
    return x == y ? (float)y : nextafterf(x, y > x ? HUGE_VALF : -HUGE_VALF);
}

static long double upper_half(long double x) {
    const long double scaled = x * (0x1p57L + 1);
    return scaled - (scaled - x);
}

// x - root^2: exact, if the root is nearly right.
static long double rest_of_square(long double x, long double root) {
    const long double square = root * root, high = upper_half(root), low = root - high;
    const long double error = ((high * high - square) + 2 * high * low) + low * low;
    return (x - square) - error;
}

// Newton's method, beginning with the root of a double. Then the last bit is put right: root + bit/2 is too small if the
// rest is more than (root + bit/2)^2 - root^2.
long double sqrtl(long double x) {
    if (isnan(x) || x == 0 || (isinf(x) && x > 0)) return x;
    if (x < 0) return __no_such_value();
    int exponent;
    long double m = 2 * frexpl(x, &exponent);
    --exponent;
    if (exponent % 2 != 0) {
        m *= 2;
        --exponent;
    }
    long double root = sqrt((double)m);
    for (int i = 0; i < 2; ++i) root += rest_of_square(m, root) / (2 * root);
    const long double bit = 0x1p-112L, rest = rest_of_square(m, root);
    if (rest > root * bit) root += bit;
    else if (rest <= -root * bit) root -= bit;
    return ldexpl(root, exponent / 2);
}

// Two roundings, unlike fma.
long double fmal(long double x, long double y, long double z) { return x * y + z; }
