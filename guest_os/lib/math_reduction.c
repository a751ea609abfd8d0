// Large angles: sin and its kin want what is left of x when all quarter turns are taken away. That needs as many bits
// of 2/pi as x has in front of its point and behind; whole turns are left out before they are computed (Payne and Hanek).

#include "math_pairs.h"

#include <math.h>
#include <stdint.h>

enum { WINDOW = 6 };  // words of 2/pi that matter for one x

// 64 zeros, then the bits of 2/pi behind the point.
static const uint32_t two_over_pi[] = {
    0x00000000, 0x00000000, 0xA2F9836E, 0x4E441529, 0xFC2757D1, 0xF534DDC0, 0xDB629599, 0x3C439041,
    0xFE5163AB, 0xDEBBC561, 0xB7246E3A, 0x424DD2E0, 0x06492EEA, 0x09D1921C, 0xFE1DEB1C, 0xB129A73E,
    0xE88235F5, 0x2EBB4484, 0xE99C7026, 0xB45F7E41, 0x3991D639, 0x835339F4, 0x9C845F8B, 0xBDF9283B,
    0x1FF897FF, 0xDE05980F, 0xEF2F118B, 0x5A0A6D1F, 0x6D367ECF, 0x27CB09B7, 0x4F463F66, 0x9E5FEA2D,
    0x7527BAC7, 0xEBE5F17B, 0x3D0739F7, 0x8A5292EA, 0x6BFB5FB1, 0x1F8D5D08, 0x56033046,
};

// 32 bits of the table, beginning anywhere.
static uint32_t bits_at(int place) {
    const uint32_t *word = &two_over_pi[place / 32];
    return (uint32_t)(((uint64_t)word[0] << 32 | word[1]) << place % 32 >> 32);
}

// The last words of m times the window, the lowest one first.
static void multiply(uint32_t product[WINDOW], uint64_t m, int window) {
    for (int i = 0; i < WINDOW; ++i) product[i] = 0;
    for (int k = 0; k < 2; ++k) {
        const uint32_t factor = (uint32_t)(m >> 32 * k);
        uint32_t carry = 0;
        for (int i = 0; i + k < WINDOW; ++i) {
            const uint64_t part = (uint64_t)bits_at(window + 32 * (WINDOW - 1 - i)) * factor + product[i + k] + carry;
            product[i + k] = (uint32_t)part;
            carry = (uint32_t)(part >> 32);
        }
    }
}

// With x = m * 2^e, bits of 2/pi that are worth 4 or more after the multiplication change nothing.
struct pair __reduce_large_angle(double x, int *quadrant) {
    int e;
    const uint64_t m = (uint64_t)ldexp(frexp(fabs(x), &e), 53);
    uint32_t product[WINDOW];
    multiply(product, m, 62 + e - 53);
    uint64_t high = (uint64_t)product[5] << 32 | product[4], middle = (uint64_t)product[3] << 32 | product[2],
             low = (uint64_t)product[1] << 32 | product[0];
    // Two bits in front of the point, the quadrant. The rest is rounded to the nearest quarter turn.
    int turns = (int)(high >> 62);
    high = high << 2 | middle >> 62, middle = middle << 2 | low >> 62, low <<= 2;
    const int behind = (int)(high >> 63);
    if (behind) ++turns, high = ~high, middle = ~middle, low = ~low;
    int exponent = 0;
    for (; high >> 63 == 0; --exponent) high = high << 1 | middle >> 63, middle = middle << 1 | low >> 63, low <<= 1;
    const double first = ldexp((double)(high >> 11), exponent - 53);
    const double second = ldexp((double)((high << 53 | middle >> 11) >> 11), exponent - 106);
    const struct pair angle = multiply_exactly(first, M_PI_2);
    const struct pair r = add_exactly(angle.high, angle.low + (first * 6.123233995736766e-17 + second * M_PI_2));
    *quadrant = (x < 0 ? -turns : turns) & 3;
    return (x < 0) == (behind != 0) ? r : (struct pair){-r.high, -r.low};
}
