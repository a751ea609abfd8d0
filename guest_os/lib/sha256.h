#pragma once
// The secure hash of FIPS 180-4.

#include <stddef.h>
#include <stdint.h>

enum { SHA256_BYTES = 32, SHA256_BLOCK = 64 };

struct sha256 {
    uint32_t state[8];
    uint64_t length;  // bytes so far
    uint8_t block[SHA256_BLOCK];
};

void __sha256_begin(struct sha256 *hash);
void __sha256_add(struct sha256 *hash, const void *bytes, size_t count);
void __sha256_end(struct sha256 *hash, uint8_t result[SHA256_BYTES]);
