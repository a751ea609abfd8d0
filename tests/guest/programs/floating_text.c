// printf, scanf and strtod with floating point, and the functions of math.h to twelve digits.

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random_bits.h"

static uint64_t state = 1442695040888963407ull;

static void formats(double v) {
    printf("%f|%e|%g|%a|%.0f|%.0e|%.0g|%.3f|%.10e|%.17g|%#g|%#.0f|%#.0e\n", v, v, v, v, v, v, v, v, v, v, v, v, v);
    printf("%10.2f|%-12.3e|%+g|% g|%012.4f|%-+10.1f|%20g|%G|%E|%F|%A\n", v, v, v, v, v, v, v, v, v, v, v);
}

static void reads(const char *text) {
    char *end;
    const double value = strtod(text, &end);
    const float single = strtof(text, NULL);
    printf("%s -> %.17g %a %.9g '%s'\n", text, value, value, single, end);
}

static void functions(double x) {
    printf("%.12g: %.12g %.12g %.12g %.12g %.12g %.12g\n", x, sqrt(fabs(x)), cbrt(x), exp(x / 10), log(fabs(x)),
           log10(fabs(x)), log2(fabs(x)));
    printf("  %.12g %.12g %.12g %.12g %.12g %.12g %.12g\n", sin(x), cos(x), atan(x), asin(x / 1000), acos(x / 1000),
           tanh(x), atan2(x, 3));
    printf("  %.12g %.12g %.12g %.12g %.12g %.12g\n", sinh(x / 20), cosh(x / 20), pow(fabs(x), 1.7), pow(x, 3), pow(x, -2),
           hypot(x, 4));
    printf("  %g %g %g %g %g %g %g %ld\n", floor(x), ceil(x), trunc(x), round(x), rint(x), fmod(x, 3), fmod(x, -0.7),
           lround(x));
}

int main(void) {
    static const double values[] = {0.0, -0.0, 1, -1, 0.5, 1.5, 2.5, 0.1, 123456789.0, 1e10, 9.995, 99999.95, 0.0001,
                                    0.00001234, 1e-5, 1e100, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308,
                                    3.14159265358979, 1e15, 1e16, 1e17, 123456.0, 1234567.0, 0.3, 2.0 / 3};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; ++i) formats(values[i]);
    formats(INFINITY);
    formats(-INFINITY);
    printf("%f %F %5.1f %-6g|%06f\n", NAN, NAN, NAN, NAN, INFINITY);
    for (int i = 0; i < 40; ++i) {
        const double v = double_of(next(&state));
        if (isfinite(v)) printf("%.17g %.3e %.20g %g\n", v, v, v, v);
        printf("%.17g %.5f\n", (double)next(&state) / 1e15, (double)next(&state) / 1e18);
    }
    printf("%.30f %.40e\n%.1200f|\n", 0.1, 1e-300, DBL_TRUE_MIN);
    printf("%Lf %Lg %.3Le\n", 1.5L, 0.25L, 1e10L);
    printf("%*.*f %s %5d\n", 10, 2, 2.345, "text", 42);

    static const char *const texts[] = {
        "0", "-0", "1", "1.5", ".5", "5.", "1e3", "1E-3", "1e", "1e+", "0x1.8p3", "0x.8", "0x", "inf", "-Infinity", "infinite",
        "  12abc", "+7", "--7", ".", "", "e5", "1e400", "1e-400", "4.9e-324", "2.4703282292062327e-324",
        "2.4703282292062328e-324", "2.2250738585072011e-308", "2.2250738585072012e-308", "1.7976931348623157e308",
        "1.7976931348623159e308", "9007199254740993", "9007199254740992.9999", "0.1", "3.4028235e38", "3.4028236e38",
        "123456789012345678901234567890", "0.000000000000000000000000000000123", "1.00000005960464477539062500",
        "1.00000005960464477539062499", "1.000000059604644775390625000000000000000000000000000000001",
        "00000000000000000000000000000000000000000000001e2", "179769313486231580793728971405301e276",
        "8.5e22", "6.02214076e23", "1e23", "7.2057594037927933e16", "100000000000000000000000e-23",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; ++i) reads(texts[i]);
    int wrong = 0;
    for (int i = 0; i < 300; ++i) {
        const double v = double_of(next(&state));
        if (!isfinite(v)) continue;
        char text[64];
        snprintf(text, sizeof text, "%.17g", v);
        if (strtod(text, NULL) != v) ++wrong;
    }
    printf("%d numbers came back changed\n", wrong);

    double a, b;
    float f;
    int n;
    char rest[20];
    printf("%d", sscanf("3.25 -1e2 0.5 17 rest", "%lf %lf%f %d %s", &a, &b, &f, &n, rest));
    printf(" %g %g %g %d %s\n", a, b, f, n, rest);
    printf("%d", sscanf("1.5e3x", "%lf%s", &a, rest));
    printf(" %g %s\n", a, rest);
    printf("%d %g\n", sscanf("12345", "%3lf", &a), a);
    printf("%d\n", sscanf("word", "%lf", &a));

    static const char *const payloads[] = {"nan(abc)z", "NaN(_12)", "nan(a-b)z", "nan()x", "nan(", "nano"};
    for (size_t i = 0; i < sizeof payloads / sizeof payloads[0]; ++i) {
        char *end;
        printf("%d ", isnan(strtod(payloads[i], &end)) != 0);
        printf("[%s]\n", end);
    }

    static const double arguments[] = {1, 0.5, -0.5, 2, -2.75, 10, -17.3, 0.001, 3.14159, 100.25, -999.5, 1e-8, 42, 7.5};
    for (size_t i = 0; i < sizeof arguments / sizeof arguments[0]; ++i) functions(arguments[i]);
    int exponent;
    double whole;
    a = frexp(123.456, &exponent);
    printf("%.15g %d %g", a, exponent, ldexp(0.75, 5));
    a = modf(-3.75, &whole);
    printf(" %g %g %g %g\n", a, whole, copysign(2, -0.0), fdim(5, 3));
    printf("%d %d %d %d %d\n", isnan(NAN), isinf(INFINITY) != 0, isfinite(1.0), signbit(-0.0) != 0, isnormal(5e-324));
    printf("%.17g %.17g %.17g %.17g\n", sqrt(2), sqrt(1e-320), sqrt(12345678901234567.0), sqrt(0.1));
    printf("%g %g %g %g %g\n", pow(2, 10), pow(2, 0.5), pow(-2, 3), pow(10, 15), pow(0, 0));
    printf("%g %g %g %g\n", pow(2, -1074), pow(10, 308), exp(700), exp(-740));
    printf("%.9g %.9g %.9g\n", (double)sqrtf(2), (double)sinf(1), (double)powf(2, 0.5f));
    return 0;
}
