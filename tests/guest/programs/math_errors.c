// What mathematical functions say in errno, and those of which one asks less often.

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *error_name(void) { return errno == 0 ? "0" : errno == EDOM ? "EDOM" : errno == ERANGE ? "ERANGE" : "other"; }

#define TRY(expression)                                                 \
    do {                                                                \
        errno = 0;                                                      \
        const double result = expression;                               \
        printf("%s = %g %s\n", #expression, fabs(result), error_name()); \
    } while (0)

static volatile double minus_one = -1, zero = 0, thousand = 1000, half = 0.5, two = 2;  // so that no compiler computes it all

static void errors(void) {
    TRY(sqrt(minus_one));
    TRY(log(minus_one));
    TRY(log(zero));
    TRY(log10(zero));
    TRY(log2(minus_one));
    TRY(exp(thousand));
    TRY(exp(-thousand));
    TRY(exp2(two * thousand));
    TRY(pow(minus_one, half));
    TRY(pow(zero, minus_one));
    TRY(pow(thousand, thousand));
    TRY(pow(thousand, -thousand));
    TRY(asin(two));
    TRY(acos(-two));
    TRY(fmod(two, zero));
    TRY(cosh(thousand));
    TRY(sinh(-thousand));
    TRY(acosh(half));
    TRY(atanh(two));
    TRY(atanh(minus_one));
    TRY(sqrt(two));
    TRY(exp(INFINITY));
    TRY(pow(two, INFINITY));
    TRY(log(INFINITY));
}

static void others(void) {
    static const double values[] = {0, 1e-10, 0.25, 0.75, 1, 1.5, 3, 100, 1e10};
    for (unsigned i = 0; i < sizeof values / sizeof values[0]; ++i) {
        const double x = values[i];
        printf("%.12g: %.12g %.12g", x, asinh(x), asinh(-x));
        if (x >= 1) printf(" %.12g", acosh(x));
        if (x < 1) printf(" %.12g", atanh(x));
        putchar('\n');
    }
    static const double pairs[][2] = {{7, 2}, {5, 2}, {-7, 3}, {8, 3}, {1e20, 7}, {0.5, 1}, {1.5, 1}, {10, INFINITY}, {3, -2}};
    for (unsigned i = 0; i < sizeof pairs / sizeof pairs[0]; ++i) {
        int multiple;
        const double rest = remquo(pairs[i][0], pairs[i][1], &multiple);
        printf("%g %g %d\n", remainder(pairs[i][0], pairs[i][1]), rest, multiple % 8);
    }
    printf("%a %a %a %a\n", nextafter(1, 2), nextafter(1, 0), nextafter(0, -1), nextafter(-1, -2));
    printf("%lld %lld %g %Lg\n", llrint(2.5), llrint(-3.5), scalbln(0.75, 4), strtold("2.5e3x", NULL));
}

int main(void) {
    errors();
    others();
    return 0;
}
