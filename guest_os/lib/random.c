// Random numbers. random() and rand() give the numbers that they give with glibc: each is the sum of the one 3 and the one 31
// before it, without its lowest bit.

#include <stdint.h>
#include <stdlib.h>

enum { WORDS = 31, DISTANCE = 3, THROWN_AWAY = 10 * WORDS };

static uint32_t words[WORDS];
static int oldest;  // words[oldest] is the one of 31 numbers before
static int is_seeded;

// 16807 times the number, modulo 2^31 - 1, without a product of more than 32 bits.
static int32_t step(int32_t number) {
    const int32_t result = 16807 * (number % 127773) - 2836 * (number / 127773);
    return result < 0 ? result + 0x7FFFFFFF : result;
}

static long next(void) {
    words[oldest] += words[(oldest + WORDS - DISTANCE) % WORDS];
    const long result = (long)(words[oldest] >> 1);
    oldest = (oldest + 1) % WORDS;
    return result;
}

void srandom(unsigned seed) {
    words[0] = seed != 0 ? seed : 1;
    for (int i = 1; i < WORDS; ++i) words[i] = (uint32_t)step((int32_t)words[i - 1]);
    oldest = DISTANCE;
    is_seeded = 1;
    for (int i = 0; i < THROWN_AWAY; ++i) next();
}

long random(void) {
    if (!is_seeded) srandom(1);
    return next();
}

void srand(unsigned seed) { srandom(seed); }
int rand(void) { return (int)random(); }

// Three pieces of a number that grows by a multiple of itself.
int rand_r(unsigned *seed) {
    unsigned next = *seed, result = 0;
    for (int piece = 0; piece < 3; ++piece) {
        next = next * 1103515245u + 12345u;
        result = piece == 0 ? next >> 16 & 0x7FF : result << 10 ^ (next >> 16 & 0x3FF);
    }
    *seed = next;
    return (int)result;
}

// ---- the 48-bit family ----

static uint64_t state48;

static uint64_t step48(void) {
    state48 = (state48 * 0x5DEECE66Dull + 0xB) & 0xFFFFFFFFFFFFull;
    return state48;
}

void srand48(long seed) { state48 = (uint64_t)(uint32_t)seed << 16 | 0x330E; }
double drand48(void) { return (double)step48() / 281474976710656.0; }
long lrand48(void) { return (long)(step48() >> 17); }
long mrand48(void) { return (long)(int32_t)(step48() >> 16); }
