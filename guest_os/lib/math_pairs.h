#pragma once
// Sums with an error term: high + low is nearly twice as precise as a double. And what functions of math.h share that
// count in them.

struct pair {
    double high, low;
};

static inline struct pair add_exactly(double a, double b) {
    const double sum = a + b, part = sum - a;
    return (struct pair){sum, (a - (sum - part)) + (b - part)};
}

static inline double upper_half(double x) {
    const double scaled = x * 134217729.0;  // 2^27 + 1
    return scaled - (scaled - x);
}

static inline struct pair multiply_exactly(double a, double b) {
    const double product = a * b, a1 = upper_half(a), b1 = upper_half(b), a2 = a - a1, b2 = b - b1;
    return (struct pair){product, ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2};
}

struct pair __logarithm(double x);          // of a positive finite number
double __exponential(double x, double low);  // e^(x + low) for a small low

// x = k * pi/2 + r with |r| <= pi/4: r, and the last two bits of k. For |x| > 10^6.
struct pair __reduce_large_angle(double x, int *quadrant);
double __sine_near_zero(struct pair r);
double __cosine_near_zero(struct pair r);
