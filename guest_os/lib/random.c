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

static uint64_t after(uint64_t state) { return (state * 0x5DEECE66Dull + 0xB) & 0xFFFFFFFFFFFFull; }
static uint64_t step48(void) { return state48 = after(state48); }

// The caller's own state, the lowest word first.
static uint64_t step_own(unsigned short state[3]) {
    const uint64_t next = after((uint64_t)state[2] << 32 | (uint32_t)state[1] << 16 | state[0]);
    for (int i = 0; i < 3; ++i) state[i] = (unsigned short)(next >> 16 * i);
    return next;
}

static double to_fraction(uint64_t state) { return (double)state / 281474976710656.0; }

void srand48(long seed) { state48 = (uint64_t)(uint32_t)seed << 16 | 0x330E; }
double drand48(void) { return to_fraction(step48()); }
long lrand48(void) { return (long)(step48() >> 17); }
long mrand48(void) { return (long)(int32_t)(step48() >> 16); }
double erand48(unsigned short state[3]) { return to_fraction(step_own(state)); }
long nrand48(unsigned short state[3]) { return (long)(step_own(state) >> 17); }
long jrand48(unsigned short state[3]) { return (long)(int32_t)(step_own(state) >> 16); }
