// Multiplication of matrices of words: inner products with a stride.
#include "report.h"

enum { N = 128, ROUNDS = 30 };

static uint32_t a[N][N];
static uint32_t b[N][N];
static uint32_t product[N][N];

static void multiply(void) {
    for (uint32_t row = 0; row < N; ++row) {
        for (uint32_t column = 0; column < N; ++column) {
            uint32_t sum = 0;
            for (uint32_t i = 0; i < N; ++i) sum += a[row][i] * b[i][column];
            product[row][column] = sum;
        }
    }
}

int main(void) {
    for (uint32_t row = 0; row < N; ++row) {
        for (uint32_t column = 0; column < N; ++column) {
            a[row][column] = row * 3 + column;
            b[row][column] = row ^ column * 5;
        }
    }
    uint32_t checksum = 0;
    for (uint32_t round = 0; round < ROUNDS; ++round) {
        multiply();
        for (uint32_t i = 0; i < N; ++i) {
            checksum = checksum * 31 + product[i][N - 1 - i];
            a[i][(i * 7) % N] ^= checksum;
        }
    }
    return report("matrix", checksum, 0x92c21a00);
}
