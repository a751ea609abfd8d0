#pragma once
// The same random numbers on every machine (xorshift), and what they are as a floating-point number.

#include <stdint.h>
#include <string.h>

static uint64_t next(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static double double_of(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}
