#pragma once
// Mathematics in double; the float versions compute in double and round once. Results are within an ulp or so of the
// exact ones, those of the gamma functions within some; sqrt, fma, the basic operations, floor and their like are exact.
// Of the long double versions the latter are exact too (but for fmal); the others compute in double.

typedef float float_t;
typedef double double_t;

#define HUGE_VAL __builtin_huge_val()
#define HUGE_VALF __builtin_huge_valf()
#define HUGE_VALL __builtin_huge_vall()
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")

#define M_E 2.7182818284590452354
#define M_LOG2E 1.4426950408889634074
#define M_LOG10E 0.43429448190325182765
#define M_LN2 0.69314718055994530942
#define M_LN10 2.30258509299404568402
#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_PI_4 0.78539816339744830962
#define M_1_PI 0.31830988618379067154
#define M_2_PI 0.63661977236758134308
#define M_2_SQRTPI 1.12837916709551257390
#define M_SQRT2 1.41421356237309504880
#define M_SQRT1_2 0.70710678118654752440

#define MATH_ERRNO 1
#define MATH_ERREXCEPT 2
#define math_errhandling MATH_ERRNO  // EDOM, ERANGE

#define FP_ILOGB0 (-2147483647 - 1)
#define FP_ILOGBNAN 2147483647

enum { FP_NAN, FP_INFINITE, FP_ZERO, FP_SUBNORMAL, FP_NORMAL };
#define fpclassify(x) __builtin_fpclassify(FP_NAN, FP_INFINITE, FP_NORMAL, FP_SUBNORMAL, FP_ZERO, x)
#define isnan(x) __builtin_isnan(x)
#define isinf(x) __builtin_isinf_sign(x)
#define isfinite(x) __builtin_isfinite(x)
#define isnormal(x) __builtin_isnormal(x)
#define signbit(x) (__builtin_signbit(x) != 0)
#define isgreater(x, y) __builtin_isgreater(x, y)
#define isgreaterequal(x, y) __builtin_isgreaterequal(x, y)
#define isless(x, y) __builtin_isless(x, y)
#define islessequal(x, y) __builtin_islessequal(x, y)
#define islessgreater(x, y) __builtin_islessgreater(x, y)
#define isunordered(x, y) __builtin_isunordered(x, y)

// Functions of one double, and their float and long double versions.
#define __ONE(name) \
    double name(double x); \
    float name##f(float x); \
    long double name##l(long double x);
__ONE(fabs) __ONE(floor) __ONE(ceil) __ONE(trunc) __ONE(round) __ONE(rint) __ONE(nearbyint)
__ONE(sqrt) __ONE(cbrt)
__ONE(exp) __ONE(exp2) __ONE(expm1) __ONE(log) __ONE(log2) __ONE(log10) __ONE(log1p) __ONE(logb)
__ONE(sin) __ONE(cos) __ONE(tan) __ONE(asin) __ONE(acos) __ONE(atan)
__ONE(sinh) __ONE(cosh) __ONE(tanh) __ONE(asinh) __ONE(acosh) __ONE(atanh)
__ONE(erf) __ONE(erfc) __ONE(tgamma) __ONE(lgamma)
#undef __ONE

// Functions of two.
#define __TWO(name) \
    double name(double x, double y); \
    float name##f(float x, float y); \
    long double name##l(long double x, long double y);
__TWO(pow) __TWO(fmod) __TWO(atan2) __TWO(hypot) __TWO(copysign) __TWO(fmin) __TWO(fmax) __TWO(fdim) __TWO(remainder)
__TWO(nextafter)
#undef __TWO

// Others.
#define __MIXED(type, f) \
    type fma##f(type x, type y, type z); \
    type ldexp##f(type x, int exponent); \
    type scalbn##f(type x, int exponent); \
    type scalbln##f(type x, long exponent); \
    type frexp##f(type x, int *exponent); \
    type modf##f(type x, type *whole); \
    type remquo##f(type x, type y, int *multiple); \
    type nexttoward##f(type x, long double y); \
    type nan##f(const char *tag); \
    int ilogb##f(type x); \
    long lround##f(type x); \
    long lrint##f(type x); \
    long long llround##f(type x); \
    long long llrint##f(type x);
__MIXED(double, )
__MIXED(float, f)
__MIXED(long double, l)
#undef __MIXED

extern int signgam;  // the sign of gamma(x) after lgamma(x)
double lgamma_r(double x, int *sign);
