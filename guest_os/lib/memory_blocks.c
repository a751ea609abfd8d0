// memcpy and its family. Words are moved four bytes at a time where both ends are aligned.

#include <stdint.h>
#include <string.h>

#define WORD sizeof(uint32_t)

static int aligned(const void *a, const void *b) { return (((uintptr_t)a | (uintptr_t)b) % WORD) == 0; }

void *memcpy(void *restrict to, const void *restrict from, size_t count) {
    uint8_t *out = to;
    const uint8_t *in = from;
    if (aligned(to, from)) {
        for (; count >= WORD; count -= WORD, out += WORD, in += WORD) *(uint32_t *)out = *(const uint32_t *)in;
    }
    while (count-- > 0) *out++ = *in++;
    return to;
}

void *memmove(void *to, const void *from, size_t count) {
    uint8_t *out = to;
    const uint8_t *in = from;
    if ((uintptr_t)out - (uintptr_t)in >= count) return memcpy(to, from, count);  // going upwards harms nothing
    out += count;
    in += count;
    while (count-- > 0) *--out = *--in;
    return to;
}

void *memset(void *to, int byte, size_t count) {
    uint8_t *out = to;
    if ((uintptr_t)out % WORD == 0) {
        const uint32_t word = (uint8_t)byte * 0x01010101u;
        for (; count >= WORD; count -= WORD, out += WORD) *(uint32_t *)out = word;
    }
    while (count-- > 0) *out++ = (uint8_t)byte;
    return to;
}

int memcmp(const void *a, const void *b, size_t count) {
    const uint8_t *left = a, *right = b;
    for (; count > 0; --count, ++left, ++right) {
        if (*left != *right) return *left - *right;
    }
    return 0;
}

void *memchr(const void *block, int byte, size_t count) {
    for (const uint8_t *at = block; count > 0; --count, ++at) {
        if (*at == (uint8_t)byte) return (void *)at;
    }
    return NULL;
}

void *memrchr(const void *block, int byte, size_t count) {
    for (const uint8_t *at = (const uint8_t *)block + count; count > 0; --count) {
        if (*--at == (uint8_t)byte) return (void *)at;
    }
    return NULL;
}

void *memmem(const void *block, size_t block_size, const void *wanted, size_t wanted_size) {
    const uint8_t *at = block;
    for (; block_size >= wanted_size; ++at, --block_size) {
        if (memcmp(at, wanted, wanted_size) == 0) return (void *)at;
    }
    return NULL;
}
