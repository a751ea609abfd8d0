// The float versions: computed in double, rounded once.

#include <math.h>

#define ONE(name) \
    float name##f(float x) { return (float)name(x); }
ONE(fabs) ONE(floor) ONE(ceil) ONE(trunc) ONE(round) ONE(rint) ONE(nearbyint) ONE(sqrt) ONE(cbrt)
ONE(exp) ONE(exp2) ONE(expm1) ONE(log) ONE(log2) ONE(log10) ONE(log1p)
ONE(sin) ONE(cos) ONE(tan) ONE(asin) ONE(acos) ONE(atan) ONE(sinh) ONE(cosh) ONE(tanh)
ONE(asinh) ONE(acosh) ONE(atanh)

#define TWO(name) \
    float name##f(float x, float y) { return (float)name(x, y); }
TWO(pow) TWO(fmod) TWO(atan2) TWO(hypot) TWO(copysign) TWO(fmin) TWO(fmax) TWO(fdim) TWO(remainder)

float ldexpf(float x, int exponent) { return (float)ldexp(x, exponent); }
float frexpf(float x, int *exponent) { return (float)frexp(x, exponent); }
long lroundf(float x) { return lround(x); }

float modff(float x, float *whole) {
    double part;
    const double fraction = modf(x, &part);
    *whole = (float)part;
    return (float)fraction;
}
