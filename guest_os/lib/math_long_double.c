// Functions of long double that are computed in double: with its 53 bits, and its range.

#include <math.h>

#define ONE(name) \
    long double name##l(long double x) { return name((double)x); }
ONE(cbrt) ONE(exp) ONE(exp2) ONE(expm1) ONE(log) ONE(log2) ONE(log10) ONE(log1p)
ONE(sin) ONE(cos) ONE(tan) ONE(asin) ONE(acos) ONE(atan) ONE(sinh) ONE(cosh) ONE(tanh)
ONE(asinh) ONE(acosh) ONE(atanh) ONE(erf) ONE(erfc) ONE(tgamma) ONE(lgamma)

#define TWO(name) \
    long double name##l(long double x, long double y) { return name((double)x, (double)y); }
TWO(pow) TWO(atan2) TWO(hypot)
