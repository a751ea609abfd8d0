// What a kernel needs on the bare machine: report() and the functions that the compiler may call.
#include <stddef.h>

#include "kernels/report.h"

static void put_character(char c) { *(volatile uint32_t *)0xF0002000 = (uint8_t)c; }

int report(const char *name, uint32_t checksum, uint32_t expected) {
    for (; *name != 0; ++name) put_character(*name);
    put_character(' ');
    for (int shift = 28; shift >= 0; shift -= 4) put_character("0123456789abcdef"[checksum >> shift & 15]);
    put_character('\n');
    return checksum == expected ? 0 : 1;
}

void *memset(void *to, int value, size_t count) {
    for (char *at = to; count > 0; --count) *at++ = (char)value;
    return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t count) {
    const char *source = from;
    for (char *at = to; count > 0; --count) *at++ = *source++;
    return to;
}
