// Angles of any size, the error and the gamma function, fma, and the functions of long double and by type.

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <tgmath.h>

#include "random_bits.h"

static void angles(void) {
    static const double values[] = {1e6, 2e6, 1e9, 1e15, 1e20, 1e22, 1e100, 1e300, DBL_MAX, 355, 0x1p60, 0x1.6ac5b262ca1ffp849};
    for (unsigned i = 0; i < sizeof values / sizeof values[0]; ++i) {
        const double x = values[i];
        printf("%g: %.13g %.13g %.13g %.13g\n", x, sin(x), cos(x), tan(x), sin(-x));
    }
    uint64_t state = 77;
    double sum = 0;
    for (int i = 0; i < 500; ++i) {
        const double x = double_of((next(&state) & 0x83FFFFFFFFFFFFFF) | 0x4100000000000000);  // up to 2^80
        sum += sin(x) - cos(x);
    }
    printf("%.10g\n", sum);
}

static void special(void) {
    static const double values[] = {0, 1e-300, 1e-9, 0.1, 0.49, 0.5, 0.79, 0.81, 1, 1.4616, 2, 2.75, 3.5, 6.5, 9.99, 10, 15.25, 26, 100.5, 170};
    for (unsigned i = 0; i < sizeof values / sizeof values[0]; ++i) {
        const double x = values[i];
        printf("%g: %.13g %.13g %.13g %.13g", x, erf(x), erf(-x), erfc(x), erfc(-x));
        if (x != 0) printf(" %.13g %.13g", tgamma(x), lgamma(x));
        if (trunc(x) != x) printf(" %.13g %.13g %d", tgamma(-x), lgamma(-x), signgam);
        putchar('\n');
    }
    for (int i = 1; i < 19; ++i) printf("%.0f ", tgamma(i));
    printf("%g %g %g\n", tgamma(172), lgamma(-3.0), lgamma(1e300));
    printf("%g %g\n", expm1(-0.0), erf(-0.0));
}

static void fused(void) {
    const double e = DBL_EPSILON;
    printf("%a %a %a\n", fma(1 + e, 1 + e, -1 - 2 * e), fma(1 + e, 1 - e, -1), fma(0.1, 10, -1));
    printf("%a %a %a\n", fma(DBL_MAX, 2, -DBL_MAX), fma(DBL_MAX, 2, 0), fma(-0.0, 1, -0.0));
    printf("%a %a\n", fma(0x1p-1000, 0x1p-74, 0x1p-1074), fma(0x1.8p-540, 0x1p-535, 0x1p-1074));
    uint64_t state = 5, sum = 0;
    for (int i = 0; i < 3000; ++i) {
        const double x = double_of((next(&state) & 0x800FFFFFFFFFFFFF) | 0x3FF0000000000000);
        const double y = double_of((next(&state) & 0x800FFFFFFFFFFFFF) | 0x3FF0000000000000);
        const uint64_t bits = next(&state) & 0x87FFFFFFFFFFFFFF;
        const double results[] = {fma(x, y, double_of(bits | 0x3800000000000000)), fma(x, y, -x * y),
                                  fmaf((float)x, (float)y, (float)double_of((bits & 0x83FFFFFFFFFFFFFF) | 0x3C00000000000000))};
        for (int k = 0; k < 3; ++k) {
            uint64_t result;
            memcpy(&result, &results[k], sizeof result);
            sum = (sum << 7 | sum >> 57) ^ result;
        }
    }
    printf("%016llx\n", (unsigned long long)sum);
}

// What is the same whatever the size of a long double.
static void long_ones(void) {
    static const long double values[] = {0.0L, 0.5L, 1.5L, -2.5L, 1e10L, -3.75L, 1000000000000000.5L};
    for (unsigned i = 0; i < sizeof values / sizeof values[0]; ++i) {
        const long double x = values[i];
        int exponent;
        long double whole;
        const double fraction = (double)frexpl(x, &exponent), rest = (double)modfl(x, &whole);
        printf("%g: %.17g %.17g %.17g %.17g %.17g", (double)x, (double)floorl(x), (double)ceill(x), (double)truncl(x),
               (double)roundl(x), (double)rintl(x));
        printf(" %.17g %d %g %.17g %g %.13g\n", fraction, exponent, rest, (double)whole, (double)fabsl(x), (double)sinl(x));
    }
    int right = 0;
    for (unsigned long long n = 1; n < 4000000000; n = n * 3 + 1) right += sqrtl((long double)n * n) == (long double)n;
    printf("%d %.15g %d\n", right, (double)sqrtl(2), fabsl(sqrtl(2) * sqrtl(2) - 2) <= 2 * LDBL_EPSILON);
    printf("%.17g %.17g\n", (double)fmodl(0x1.23456789p1000L, 7), (double)remainderl(1e20L, 7.5L));
    printf("%g %g %d\n", (double)ldexpl(3, 10), (double)ldexpl(3, 15000 - 15010), ilogbl(LDBL_MIN) == LDBL_MIN_EXP - 1);
    printf("%d %d\n", nextafterl(1, 2) == 1 + LDBL_EPSILON, nextafterl(1, 0) == 1 - LDBL_EPSILON / 2);
    printf("%a %a %a\n", nexttoward(1, 2.0L), nextafterf(1, 0), nextafterf(0, -1));
    printf("%ld %lld %ld\n", lroundf(2.5F), llrintf(2.5F), lrintl(3.5L));
}

static void by_type(void) {
    printf("%d %d %d %d\n", sizeof sqrt(2.0F) == sizeof(float), sizeof sqrt(2) == sizeof(double),
           sizeof sqrt(2.0L) == sizeof(long double), sizeof pow(2.0F, 2) == sizeof(double));
    printf("%.9g %.9g %.9g\n", (double)exp(1.0F), exp(1), (double)fmax(1.0F, 2.0L));
}

int main(void) {
    angles();
    special();
    fused();
    long_ones();
    by_type();
    return 0;
}
