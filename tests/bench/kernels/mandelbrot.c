// The Mandelbrot set in fixed point: products of 64 bits, and a loop that ends at any time.
#include "report.h"

enum { WIDTH = 192, HEIGHT = 128, MOST = 1024, ONE = 1 << 24 };

static int32_t product(int32_t a, int32_t b) { return (int32_t)((int64_t)a * b >> 24); }

static uint32_t iterations(int32_t x, int32_t y) {
    int32_t a = 0;
    int32_t b = 0;
    for (uint32_t i = 0; i < MOST; ++i) {
        const int32_t aa = product(a, a);
        const int32_t bb = product(b, b);
        if (aa + bb > 4 * ONE) return i;
        b = 2 * product(a, b) + y;
        a = aa - bb + x;
    }
    return MOST;
}

int main(void) {
    uint32_t checksum = 0;
    for (int32_t row = 0; row < HEIGHT; ++row) {
        for (int32_t column = 0; column < WIDTH; ++column) {
            const int32_t x = column * (3 * ONE / WIDTH) - 2 * ONE;
            const int32_t y = row * (2 * ONE / HEIGHT) - ONE;
            checksum = checksum * 31 + iterations(x, y);
        }
    }
    return report("mandelbrot", checksum, 0x8deb79d5);
}
