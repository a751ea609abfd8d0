// Exponentials, logarithms and angles: the argument is brought near zero, where a few terms of a series are enough.

#include "math_errors.h"
#include "math_pairs.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

// ---- e^x = 2^k * e^r with |r| < 0.35

static const double kLn2High = 6.93147180369123816490e-01, kLn2Low = 1.90821492927058770002e-10;

double __exponential(double x, double low) {
    if (isnan(x)) return x;
    if (x > 709.9) return isinf(x) ? x : __too_large(1);
    if (x < -745.2) return isinf(x) ? 0 : __too_small();
    const double k = rint(x * M_LOG2E);
    const double high = x - k * kLn2High, rest = k * kLn2Low - low, r = high - rest;
    double sum = 1.0 / 6227020800.0;  // 1/13!
    static const double factorials[] = {479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2};
    for (unsigned i = 0; i < sizeof factorials / sizeof factorials[0]; ++i) sum = sum * r + 1.0 / factorials[i];
    const double error = (high - r) - rest;
    return ldexp(1.0 + (r + (r * r * sum + error)), (int)k);
}

double exp(double x) { return __exponential(x, 0); }

double exp2(double x) {
    if (isnan(x) || isinf(x)) return x < 0 ? 0 : x;
    if (fabs(x) >= 1100) return x > 0 ? __too_large(1) : __too_small();
    const double whole = rint(x);
    const struct pair product = multiply_exactly(x - whole, M_LN2);
    return ldexp(__exponential(product.high, product.low + (x - whole) * 2.3190468138462996e-17), (int)whole);
}

double expm1(double x) {
    if (x == 0) return x;  // with its sign
    if (fabs(x) > 0.3) return exp(x) - 1;
    double term = x, sum = 0;
    for (int i = 2; fabs(term) > fabs(x) * 1e-18 && i < 30; ++i) {
        term = term * x / i;
        sum += term;
    }
    return x + sum;
}

// ---- ln(m * 2^k) = k ln 2 + 2 artanh(s), s = (m - 1) / (m + 1), m near 1

struct pair __logarithm(double x) {
    int k;
    double m = frexp(x, &k);
    if (m < M_SQRT1_2) {
        m *= 2;
        --k;
    }
    // s as a pair: the quotient and what the division left over.
    const double numerator = m - 1, denominator = m + 1, s = numerator / denominator;
    const struct pair check = multiply_exactly(s, denominator);
    const double lost = (denominator - 1) - m;  // of m + 1
    const double s_low = ((numerator - check.high) - check.low + s * lost) / denominator;
    const double z = s * s;
    double sum = 1.0 / 27;
    for (int i = 25; i >= 3; i -= 2) sum = sum * z + 1.0 / i;
    const struct pair first = add_exactly(k * kLn2High, 2 * s);
    return add_exactly(first.high, first.low + (k * kLn2Low + 2 * s_low + 2 * s * z * sum));
}

static double check_logarithm(double x) { return x < 0 ? __no_such_value() : x == 0 ? __too_large(-1) : x; }

double log(double x) { return !(x > 0) || isinf(x) ? check_logarithm(x) : __logarithm(x).high; }

static double scaled_logarithm(double x, double factor, double factor_low) {
    if (!(x > 0) || isinf(x)) return check_logarithm(x);
    const struct pair l = __logarithm(x), product = multiply_exactly(l.high, factor);
    return product.high + (product.low + l.high * factor_low + l.low * factor);
}

double log10(double x) { return scaled_logarithm(x, M_LOG10E, 1.09831965021676511e-17); }

double log2(double x) {
    int exponent;
    if (x > 0 && !isinf(x) && frexp(x, &exponent) == 0.5) return exponent - 1;  // powers of two are exact
    return scaled_logarithm(x, M_LOG2E, 2.03552737409310331e-17);
}

double log1p(double x) {
    const double y = 1 + x;
    if (y == 1) return x;
    return !(y > 0) || isinf(y) ? check_logarithm(y) : log(y) - ((y - 1) - x) / y;
}

// ---- powers

static double whole_power(double x, unsigned n) {
    double result = 1;
    for (; n > 0; n >>= 1, x *= x) {
        if (n & 1) result *= x;
    }
    return result;
}

static bool fits_exactly(double x, unsigned n) {
    double power = 1;
    for (; n > 0 && power <= 9007199254740992.0; --n) power *= x;
    return power <= 9007199254740992.0;
}

static double positive_power(double x, double y) {
    const struct pair l = __logarithm(x);
    // The pair's low part carries the digits that a large y would bring up.
    const double z = y * l.high;
    if (z > 710) return isinf(y) ? HUGE_VAL : __too_large(1);
    if (z < -746) return isinf(y) ? 0 : __too_small();
    const struct pair product = multiply_exactly(y, l.high);
    return __exponential(product.high, product.low + y * l.low);
}

static double power(double x, double y) {
    if (y == 0 || x == 1) return 1;
    if (isnan(x) || isnan(y)) return NAN;
    const bool whole = trunc(y) == y, odd = whole && fabs(y) < 9007199254740992.0 && fmod(y, 2) != 0;
    if (isinf(y)) {
        if (fabs(x) == 1) return 1;
        return (fabs(x) > 1) == (y > 0) ? HUGE_VAL : 0;
    }
    if (x == 0 || isinf(x)) {
        const double size = (x == 0) == (y > 0) ? 0 : HUGE_VAL;
        return odd ? copysign(size, x) : size;
    }
    if (x < 0 && !whole) return __no_such_value();
    if (whole && fabs(y) <= 3) {
        const double result = whole_power(x, (unsigned)fabs(y));
        return y > 0 ? result : 1 / result;
    }
    // Powers of whole numbers that fit are exact.
    if (whole && y > 0 && y < 64 && trunc(x) == x && fits_exactly(fabs(x), (unsigned)y)) return whole_power(x, (unsigned)y);
    const double size = positive_power(fabs(x), y);
    return odd ? copysign(size, x) : size;
}

double pow(double x, double y) {
    const double result = power(x, y);
    if (isinf(result) && isfinite(x) && isfinite(y)) errno = ERANGE;
    return result;
}

double cbrt(double x) {
    if (x == 0 || !isfinite(x)) return x;
    double root = copysign(positive_power(fabs(x), 1.0 / 3), x);
    const struct pair square = multiply_exactly(root, root), cube = multiply_exactly(square.high, root);
    const double error = ((x - cube.high) - cube.low) - square.low * root;
    return root + error / (3 * square.high);
}

double hypot(double x, double y) {
    if (isinf(x) || isinf(y)) return HUGE_VAL;
    x = fabs(x), y = fabs(y);
    const double large = x > y ? x : y, small = x > y ? y : x;
    if (large == 0 || isnan(x) || isnan(y)) return x + y;
    int exponent;
    frexp(large, &exponent);
    const double a = ldexp(large, -exponent), b = ldexp(small, -exponent);
    const struct pair aa = multiply_exactly(a, a), bb = multiply_exactly(b, b), sum = add_exactly(aa.high, bb.high);
    const double root = sqrt(sum.high);
    const struct pair check = multiply_exactly(root, root);
    const double error = ((sum.high - check.high) - check.low) + (sum.low + aa.low + bb.low);
    return ldexp(root + error / (2 * root), exponent);
}

// ---- angles: x = k * pi/2 + r, |r| <= pi/4

static struct pair reduce(double x, int *quadrant) {
    if (fabs(x) > 1.6e6) return __reduce_large_angle(x, quadrant);
    // pi/2 in three parts, the first two with zeros at the end, so that k times them is exact for k < 2^20.
    static const double first = 1.57079632673412561417e+00, second = 6.07710050630396597660e-11,
                        third = 2.02226624879595063154e-21;
    const double k = rint(x * M_2_PI);
    const struct pair r = add_exactly(x - k * first, -(k * second));
    *quadrant = (int)fmod(k, 4) & 3;
    return add_exactly(r.high, r.low - k * third);
}

double __sine_near_zero(struct pair r) {
    const double x = r.high, z = x * x;
    double sum = -1.0 / 1307674368000.0;
    static const double factorials[] = {6227020800.0, -39916800, 362880, -5040, 120, -6};
    for (unsigned i = 0; i < 6; ++i) sum = sum * z + 1 / factorials[i];
    return x + (x * z * sum + r.low * (1 - z / 2));
}

double __cosine_near_zero(struct pair r) {
    const double x = r.high, z = x * x;
    double sum = 1.0 / 20922789888000.0;
    static const double factorials[] = {-87178291200.0, 479001600, -3628800, 40320, -720, 24};
    for (unsigned i = 0; i < 6; ++i) sum = sum * z + 1 / factorials[i];
    const double half = z / 2, start = 1 - half;
    return start + (((1 - start) - half) + (z * z * sum - x * r.low));
}

static double turned_sine(double x, int turns) {
    if (!isfinite(x)) return isnan(x) ? x : __no_such_value();
    int quadrant;
    const struct pair r = reduce(x, &quadrant);
    quadrant += turns;
    const double size = quadrant & 1 ? __cosine_near_zero(r) : __sine_near_zero(r);
    return quadrant & 2 ? -size : size;
}

double sin(double x) { return fabs(x) < 1e-9 ? x : turned_sine(x, 0); }
double cos(double x) { return turned_sine(x, 1); }

double tan(double x) {
    if (!isfinite(x)) return isnan(x) ? x : __no_such_value();
    if (fabs(x) < 1e-9) return x;
    int quadrant;
    const struct pair r = reduce(x, &quadrant);
    const double s = __sine_near_zero(r), c = __cosine_near_zero(r);
    return quadrant & 1 ? -c / s : s / c;
}

// atan(x) = atan(c) + atan((x - c) / (1 + x c)) with c one of 0, 1/8, 2/8, ... 1.
double atan(double x) {
    static const double atans[] = {0, 0.12435499454676144, 0.24497866312686414, 0.35877067027057225,
                                   0.46364760900080609, 0.55859931534356244, 0.64350110879328437,
                                   0.71882999962162453, M_PI_4};
    if (isnan(x)) return x;
    const bool inverted = fabs(x) > 1;
    const double size = inverted ? 1 / fabs(x) : fabs(x);
    const int nearest = (int)(size * 8 + 0.5);
    const double c = nearest / 8.0, t = (size - c) / (1 + size * c), z = t * t;
    double sum = 1.0 / 17;
    for (int i = 15; i >= 3; i -= 2) sum = 1.0 / i - sum * z;
    double angle = atans[nearest] + (t - t * z * sum);
    if (inverted) angle = (M_PI_2 - angle) + 6.123233995736766e-17;
    return copysign(angle, x);
}

double atan2(double y, double x) {
    if (isnan(x) || isnan(y)) return NAN;
    if (y == 0) return signbit(x) ? copysign(M_PI, y) : y;
    if (x == 0) return copysign(M_PI_2, y);
    if (isinf(x) && isinf(y)) return copysign(x > 0 ? M_PI_4 : 3 * M_PI_4, y);
    if (isinf(y)) return copysign(M_PI_2, y);
    const double angle = atan(fabs(y / x));
    return copysign(x > 0 ? angle : M_PI - (angle - 1.2246467991473532e-16), y);
}

double asin(double x) {
    if (fabs(x) > 1) return __no_such_value();
    return atan2(x, sqrt((1 - x) * (1 + x)));
}

double acos(double x) {
    if (fabs(x) > 1) return __no_such_value();
    return x == 1 ? 0 : 2 * atan2(sqrt(1 - x), sqrt(1 + x));
}

// x or -x times e^|x| / 2, of which half the exponent is small enough for exp().
static double half_of_exponential(double x, double rest) {
    const double half = exp(fabs(x) / 2);
    const double size = fabs(x) > 40 ? half / 2 * half : (half * half + rest / (half * half)) / 2;
    return isinf(size) && !isinf(x) ? __too_large(1) : size;
}

double sinh(double x) {
    if (fabs(x) < 0.3) {
        const double e = expm1(x);
        return (e + e / (e + 1)) / 2;
    }
    return copysign(half_of_exponential(x, -1), x);
}

double cosh(double x) { return half_of_exponential(x, 1); }

double tanh(double x) {
    if (fabs(x) > 20) return copysign(1, x);
    const double e = expm1(2 * fabs(x));
    return copysign(e / (e + 2), x);
}

double asinh(double x) {
    const double size = fabs(x);
    if (size > 1e9) return isinf(x) ? x : copysign(log(size) + M_LN2, x);
    return copysign(log1p(size + size * size / (1 + sqrt(size * size + 1))), x);
}

double acosh(double x) {
    if (x < 1) return __no_such_value();
    return x > 1e9 ? (isinf(x) ? x : log(x) + M_LN2) : log1p(x - 1 + sqrt((x - 1) * (x + 1)));
}

double atanh(double x) {
    if (fabs(x) > 1) return __no_such_value();
    if (fabs(x) == 1) return __too_large(x);
    return log1p(2 * x / (1 - x)) / 2;
}
