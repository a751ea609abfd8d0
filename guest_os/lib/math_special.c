// The error function and the gamma function.

#include "math_errors.h"
#include "math_pairs.h"

#include <math.h>
#include <stdbool.h>

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

// ---- erf

// 2/sqrt(pi) (x - x^3/3 + x^5/(2! 5) - x^7/(3! 7) ...)
static double error_near_zero(double x) {
    static const double divisors[] = {-1307674368000.0 * 31, 87178291200.0 * 29, -6227020800.0 * 27, 479001600.0 * 25,
                                      -39916800.0 * 23, 3628800.0 * 21, -362880.0 * 19, 40320.0 * 17,
                                      -5040.0 * 15, 720.0 * 13, -120.0 * 11, 24.0 * 9, -6.0 * 7, 2.0 * 5, -3};
    const double z = x * x;
    double sum = 0;
    for (int i = 0; i < COUNT(divisors); ++i) sum = sum * z + 1 / divisors[i];
    return x * M_2_SQRTPI + x * (M_2_SQRTPI * z * sum + 1.533545961316588e-17);
}

// erfc(x) e^(x^2) (x + 1) changes little for all x >= 1/2: a Chebyshev series in 3 / (3 + x).
static double complement(double x) {
    static const double coefficients[] = {
        0.7307782367127332, 0.17017635262980207, 0.0241417721539812, -5.6566582290367704e-05,
        -0.001116989646349612, -0.00033253360160473547, -5.2064508859131645e-05, -3.2193241773960702e-06,
        4.3225087925918317e-07, 9.845676466888459e-08, -2.5760887313240325e-10, -1.954495615596473e-09,
        -8.147294531520843e-11, 4.0529189689674436e-11, 2.554892722924316e-12, -9.658803495466357e-13,
        -5.745491135447666e-14, 2.6209439245914535e-14, 8.296534155193847e-16, -7.628983082923715e-16,
        1.1153642390827551e-17, 2.202658021212037e-17, -1.7171081567059164e-18, -5.688452526395623e-19,
    };
    const double t = 7.890909090909091 / (3 + x) - 1.2545454545454546;
    double last = 0, sum = 0;
    for (int i = COUNT(coefficients) - 1; i > 0; --i) {
        const double next = 2 * t * sum - last + coefficients[i];
        last = sum;
        sum = next;
    }
    const struct pair square = multiply_exactly(x, x);
    return (t * sum - last + coefficients[0]) / (x + 1) * __exponential(-square.high, -square.low);
}

double erf(double x) {
    if (isnan(x)) return x;
    if (fabs(x) < 0.8) return error_near_zero(x);
    return copysign(fabs(x) > 6 ? 1 : 1 - complement(fabs(x)), x);
}

double erfc(double x) {
    if (isnan(x)) return x;
    if (x > 27.3) return isinf(x) ? 0 : __too_small();
    return x < 0.5 ? 1 - erf(x) : complement(x);
}

// ---- gamma: ln of it from a series around 2 or, for large arguments, from Stirling's

// ln gamma(2 + z), |z| <= 1/2: z (1 - 0.577...) and terms of z^k, their factors (-1)^k (zeta(k) - 1) / k.
static double log_gamma_near_two(double z) {
    static const double factors[] = {
        0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
        0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939,
        9.945751278180853e-05, -4.492623673813314e-05, 2.050721277567069e-05, -9.439488275268397e-06,
        4.374866789907488e-06, -2.039215753801366e-06, 9.55141213040742e-07, -4.492469198764566e-07,
        2.1207184805554665e-07, -1.0043224823968099e-07, 4.7698101693639804e-08, -2.2711094608943164e-08,
        1.0838659214896955e-08, -5.183475041970047e-09, 2.4836745438024785e-09, -1.1921401405860912e-09,
        5.731367241678862e-10, -2.7595228851242334e-10,
    };
    double sum = 0;
    for (int i = COUNT(factors) - 1; i >= 0; --i) sum = sum * z + factors[i];
    return z * 0.42278433509846713 + z * (z * sum + 4.942915152430645e-18);
}

static double log_gamma_near_one(double z) { return log_gamma_near_two(z) - log1p(z); }

// ln gamma(x), 10 <= x <= 10^17: (x - 1/2) ln x - x + ln sqrt(2 pi) + 1/(12 x) - 1/(360 x^3) ...
static struct pair large_log_gamma(double x) {
    static const double factors[] = {-3617.0 / 122400, 1.0 / 156, -691.0 / 360360, 1.0 / 1188,
                                     -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12};
    const double z = 1 / (x * x);
    double sum = 0;
    for (int i = 0; i < COUNT(factors); ++i) sum = sum * z + factors[i];
    const struct pair l = __logarithm(x), product = multiply_exactly(x - 0.5, l.high);
    const struct pair first = add_exactly(product.high, -x), second = add_exactly(first.high, 0.9189385332046728);
    const double low = product.low + (x - 0.5) * l.low + first.low + second.low - 3.8782941580672414e-17;
    return add_exactly(second.high, low + sum / x);
}

// Goes down to a number near 2; returns by which numbers gamma has to be multiplied then.
static double go_down(double *x) {
    double product = 1;
    while (*x > 2.5) {
        *x -= 1;
        product *= *x;
    }
    return product;
}

static double positive_gamma(double x) {
    if (x > 171.7) return isinf(x) ? x : __too_large(1);
    if (x < 0.5) return exp(log_gamma_near_one(x)) / x;
    if (x < 1.5) return exp(log_gamma_near_one(x - 1));
    if (x < 10 || (x <= 23 && trunc(x) == x)) {  // up to 22! exactly
        const double product = go_down(&x);
        return product * exp(log_gamma_near_two(x - 2));
    }
    const struct pair l = large_log_gamma(x);
    return __exponential(l.high, l.low);
}

static double sine_of_pi_times(double x) {
    double r = x - 2 * rint(x / 2);
    if (fabs(r) > 0.5) r = copysign(1, r) - r;
    const bool small = fabs(r) <= 0.25;
    const double part = small ? r : 0.5 - fabs(r);
    struct pair angle = multiply_exactly(part, M_PI);
    angle.low += part * 1.2246467991473532e-16;
    return small ? __sine_near_zero(angle) : copysign(__cosine_near_zero(angle), r);
}

// gamma(x) = -pi / (x sin(pi x) gamma(-x)), where gamma(-x) may be too large for a double.
static double negative_gamma(double x) {
    if (x > -1e-17) return 1 / x;
    const double factor = -M_PI / (x * sine_of_pi_times(x));
    if (x < -190) return copysign(__too_small(), factor);
    if (x > -150) return factor / positive_gamma(-x);
    const struct pair l = large_log_gamma(-x);
    const double root = __exponential(l.high / 2, l.low / 2);
    return factor / root / root;
}

double tgamma(double x) {
    if (isnan(x)) return x;
    if (x == 0) return __too_large(x);
    if (x < 0 && trunc(x) == x) return __no_such_value();
    const double result = x > 0 ? positive_gamma(x) : negative_gamma(x);
    if (isfinite(x) && (isinf(result) || result == 0)) errno = ERANGE;
    return result;
}

int signgam;

static double positive_log_gamma(double x) {
    if (x < 0.5) return log_gamma_near_one(x) - log(x);
    if (x < 1.5) return log_gamma_near_one(x - 1);
    if (x < 10) {
        const double product = go_down(&x);
        return log(product) + log_gamma_near_two(x - 2);
    }
    return x < 1e17 ? large_log_gamma(x).high : x * (log(x) - 1);
}

// For negative numbers, near those where it is 0, digits are lost.
double lgamma_r(double x, int *sign) {
    *sign = signbit(x) && x == 0 ? -1 : 1;
    if (!isfinite(x)) return x * x;
    if (x <= 0 && trunc(x) == x) return __too_large(1);
    double result;
    if (x > 0) {
        result = positive_log_gamma(x);
    } else {
        const double sine = sine_of_pi_times(x);
        *sign = sine < 0 ? -1 : 1;
        result = x > -1e-17 ? -log(-x) : log(M_PI / fabs(x * sine)) - positive_log_gamma(-x);
    }
    return isinf(result) ? __too_large(1) : result;
}

double lgamma(double x) { return lgamma_r(x, &signgam); }
