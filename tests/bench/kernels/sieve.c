// The sieve of Eratosthenes: byte stores with growing strides.
#include "report.h"

enum { LIMIT = 400000, ROUNDS = 60 };

static uint8_t composite[LIMIT + 1];

static uint32_t count_primes(void) {
    for (uint32_t i = 0; i <= LIMIT; ++i) composite[i] = 0;
    uint32_t count = 0;
    for (uint32_t i = 2; i <= LIMIT; ++i) {
        if (composite[i]) continue;
        ++count;
        for (uint32_t multiple = i * 2; multiple <= LIMIT; multiple += i) composite[multiple] = 1;
    }
    return count;
}

int main(void) {
    uint32_t checksum = 0;
    for (uint32_t round = 0; round < ROUNDS; ++round) checksum = checksum * 31 + count_primes() + round;
    return report("sieve", checksum, 0xfbc46b1e);
}
