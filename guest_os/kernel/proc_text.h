#pragma once
// Text that is written into memory, for /proc. What does not fit is left out.

#include <stdint.h>

struct text {
    char *at;
    char *end;
};

void text_print(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));  // %s %u %c, and %x: eight digits
void text_number(struct text *text, uint64_t value);
void text_seconds(struct text *text, uint64_t cycles);  // as 12.345678
