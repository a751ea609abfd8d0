// Text for /proc: see proc_text.h.

#include "kernel.h"

#include "proc_text.h"

#include <peach/abi.h>

static void put(struct text *text, char c) {
    if (text->at < text->end) *text->at++ = c;
}

static void put_string(struct text *text, const char *string) {
    for (; *string != 0; string++) put(text, *string);
}

// Long division: the machine divides 32 bits by 32 bits. Returns the remainder.
static uint32_t divide(uint64_t *value, uint32_t divisor) {
    uint64_t quotient = 0;
    uint64_t rest = 0;
    for (int bit = 63; bit >= 0; bit--) {
        rest = rest << 1 | (*value >> bit & 1);
        if (rest < divisor) continue;
        rest -= divisor;
        quotient |= (uint64_t)1 << bit;
    }
    *value = quotient;
    return (uint32_t)rest;
}

static void put_digits(struct text *text, uint64_t value, int least) {
    char digits[20];
    int count = 0;
    while (value > UINT32_MAX) digits[count++] = (char)('0' + divide(&value, 10));
    for (uint32_t small = (uint32_t)value; small > 0 || count < least; small /= 10) digits[count++] = (char)('0' + small % 10);
    while (count > 0) put(text, digits[--count]);
}

static void put_word(struct text *text, uint32_t value) {
    for (int shift = 28; shift >= 0; shift -= 4) put(text, "0123456789abcdef"[value >> shift & 0xF]);
}

void text_number(struct text *text, uint64_t value) { put_digits(text, value, 1); }

void text_seconds(struct text *text, uint64_t cycles) {
    const uint32_t rest = divide(&cycles, CYCLES_PER_SECOND);
    put_digits(text, cycles, 1);
    put(text, '.');
    put_digits(text, rest, 6);
}

void text_print(struct text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    for (; *format != 0; format++) {
        if (*format != '%') {
            put(text, *format);
            continue;
        }
        switch (*++format) {
            case 's': put_string(text, va_arg(arguments, const char *)); break;
            case 'u': put_digits(text, va_arg(arguments, uint32_t), 1); break;
            case 'x': put_word(text, va_arg(arguments, uint32_t)); break;
            case 'c': put(text, (char)va_arg(arguments, int)); break;
            default: put(text, *format);
        }
    }
    va_end(arguments);
}
