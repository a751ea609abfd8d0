// Bytes in memory.

#include "kernel.h"

// Keeps the compiler from turning these loops into calls of the functions that they are in.
#define NO_LIBRARY_CALLS __asm__ volatile("" : : : "memory")

static void copy_words(uint32_t *to, const uint32_t *from, size_t count) {
    for (; count >= 8; count -= 8, to += 8, from += 8) {
        const uint32_t a = from[0], b = from[1], c = from[2], d = from[3];
        to[0] = a, to[1] = b, to[2] = c, to[3] = d;
        const uint32_t e = from[4], f = from[5], g = from[6], h = from[7];
        to[4] = e, to[5] = f, to[6] = g, to[7] = h;
        NO_LIBRARY_CALLS;
    }
    for (; count > 0; count--) {
        *to++ = *from++;
        NO_LIBRARY_CALLS;
    }
}

static void copy_bytes(uint8_t *to, const uint8_t *from, size_t count) {
    for (; count >= 4; count -= 4, to += 4, from += 4) {
        const uint8_t a = from[0], b = from[1], c = from[2], d = from[3];
        to[0] = a, to[1] = b, to[2] = c, to[3] = d;
        NO_LIBRARY_CALLS;
    }
    for (; count > 0; count--) {
        *to++ = *from++;
        NO_LIBRARY_CALLS;
    }
}

// In words if both addresses reach a multiple of 4 together, in bytes otherwise.
void *memcpy(void *to, const void *from, size_t count) {
    uint8_t *t = to;
    const uint8_t *f = from;
    if ((((uintptr_t)t ^ (uintptr_t)f) & 3) == 0 && count >= 16) {
        const size_t head = (0 - (uintptr_t)t) & 3;
        copy_bytes(t, f, head);
        const size_t words = (count - head) / 4;
        copy_words((uint32_t *)(t + head), (const uint32_t *)(f + head), words);
        const size_t done = head + words * 4;
        t += done, f += done, count -= done;
    }
    copy_bytes(t, f, count);
    return to;
}

void *memmove(void *to, const void *from, size_t count) {
    uint8_t *t = to;
    const uint8_t *f = from;
    if (t <= f || t >= f + count) return memcpy(to, from, count);
    while (count > 0) {
        count--;
        t[count] = f[count];
        NO_LIBRARY_CALLS;
    }
    return to;
}

void *memset(void *to, int byte, size_t count) {
    uint8_t *t = to;
    if ((((uintptr_t)to | count) & 3) == 0) {
        const uint32_t word = (uint8_t)byte * 0x01010101u;
        uint32_t *w = to;
        uint32_t *end = w + count / 4;
        for (; end - w >= 8; w += 8) {
            w[0] = word, w[1] = word, w[2] = word, w[3] = word;
            w[4] = word, w[5] = word, w[6] = word, w[7] = word;
            NO_LIBRARY_CALLS;
        }
        t = (uint8_t *)w;
        count &= 31;
    }
    for (; count > 0; count--) {
        *t++ = (uint8_t)byte;
        NO_LIBRARY_CALLS;
    }
    return to;
}

int memcmp(const void *a, const void *b, size_t count) {
    const uint8_t *x = a;
    const uint8_t *y = b;
    for (; count > 0; count--, x++, y++) {
        if (*x != *y) return *x - *y;
    }
    return 0;
}

size_t strlen(const char *text) {
    size_t length = 0;
    while (text[length] != 0) {
        length++;
        NO_LIBRARY_CALLS;
    }
    return length;
}

int strcmp(const char *a, const char *b) {
    while (*a != 0 && *a == *b) a++, b++;
    return (uint8_t)*a - (uint8_t)*b;
}

void copy_name(char *to, const char *from, size_t size) {
    size_t i = 0;
    for (; i + 1 < size && from[i] != 0; i++) to[i] = from[i];
    for (; i < size; i++) {
        to[i] = 0;
        NO_LIBRARY_CALLS;
    }
}
