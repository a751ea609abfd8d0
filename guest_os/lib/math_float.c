// The float versions: computed in double, rounded once.

#include <math.h>
#include <stdint.h>

#define ONE(name) \
    float name##f(float x) { return (float)name(x); }
ONE(fabs) ONE(floor) ONE(ceil) ONE(trunc) ONE(round) ONE(rint) ONE(nearbyint) ONE(sqrt) ONE(cbrt)
ONE(exp) ONE(exp2) ONE(expm1) ONE(log) ONE(log2) ONE(log10) ONE(log1p)
ONE(sin) ONE(cos) ONE(tan) ONE(asin) ONE(acos) ONE(atan) ONE(sinh) ONE(cosh) ONE(tanh)
ONE(asinh) ONE(acosh) ONE(atanh) ONE(erf) ONE(erfc) ONE(tgamma) ONE(lgamma) ONE(logb)

#define TWO(name) \
    float name##f(float x, float y) { return (float)name(x, y); }
TWO(pow) TWO(fmod) TWO(atan2) TWO(hypot) TWO(copysign) TWO(fmin) TWO(fmax) TWO(fdim) TWO(remainder)

float ldexpf(float x, int exponent) { return (float)ldexp(x, exponent); }
float frexpf(float x, int *exponent) { return (float)frexp(x, exponent); }
float scalbnf(float x, int exponent) { return (float)ldexp(x, exponent); }
float scalblnf(float x, long exponent) { return (float)ldexp(x, (int)exponent); }
float remquof(float x, float y, int *multiple) { return (float)remquo(x, y, multiple); }
float nanf(const char *tag) { return (float)nan(tag); }
long lroundf(float x) { return lround(x); }
long lrintf(float x) { return lrint(x); }
long long llroundf(float x) { return llround(x); }
long long llrintf(float x) { return llrint(x); }

float modff(float x, float *whole) {
    double part;
    const double fraction = modf(x, &part);
    *whole = (float)part;
    return (float)fraction;
}

float nextafterf(float x, float y) {
    if (isnan(x) || isnan(y)) return NAN;
    if (x == y) return y;
    union {
        float value;
        uint32_t bits;
    } number = {x};
    if (x == 0) number.bits = 1;
    else if ((x < y) == (x > 0)) ++number.bits;
    else --number.bits;
    return x == 0 ? copysignf(number.value, y) : number.value;
}
