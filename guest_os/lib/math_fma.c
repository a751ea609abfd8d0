// x * y + z with one rounding. The product is exact in the next longer type. The sum is rounded there so that its last
// bit is odd if anything was lost: then no sum looks as if it were halfway, and the second rounding is right.

#include <math.h>
#include <stdint.h>

double fma(double x, double y, double z) {
    const long double product = (long double)x * y;
    union {
        long double value;
        uint64_t halves[2];  // the lower one first
    } sum = {product + z};
    if (!isfinite(sum.value)) return (double)sum.value;
    const long double part = sum.value - product, lost = (product - (sum.value - part)) + (z - part);
    if (lost != 0 && sum.halves[0] % 2 == 0) {
        if ((lost > 0) == (sum.value > 0)) ++sum.halves[0];
        else sum.halves[1] -= sum.halves[0]-- == 0;
    }
    return (double)sum.value;
}

float fmaf(float x, float y, float z) {
    const double product = (double)x * y;
    union {
        double value;
        uint64_t bits;
    } sum = {product + z};
    if (!isfinite(sum.value)) return (float)sum.value;
    const double part = sum.value - product, lost = (product - (sum.value - part)) + (z - part);
    if (lost != 0 && sum.bits % 2 == 0) sum.bits += (lost > 0) == (sum.value > 0) ? 1 : -1;
    return (float)sum.value;
}
