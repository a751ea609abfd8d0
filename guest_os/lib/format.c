// printf's little language: %[flags][width][.precision][size]conversion.
//
//   flags       - left   0 zeros in front   + always a sign   space in place of +   # 0x or 0 in front
//               ' groups of digits, which the locale "C" does not have
//   size        hh h l ll z j t L
//   conversion  d i u o x X c s p n % and, for floating point, e E f F g G a A (format_float.c)
//
// Not modelled: wide characters; arguments by their number (%1$d); of a long double, no more than a double's digits are shown.

#include "format.h"
#include "format_float.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct specification {
    bool left, zeros, plus, space, alternate;
    int width;
    int precision;  // -1: none given
    char size;      // one letter: H for hh, L for ll, D for L
    char conversion;
};

struct output {
    struct text_sink *sink;
    int count;
};

static void put(struct output *out, const char *bytes, size_t count) {
    out->sink->write(out->sink, bytes, count);
    out->count += (int)count;
}

static void pad(struct output *out, char with, int count) {
    for (; count > 0; --count) put(out, &with, 1);
}

static int read_number(const char **at, va_list *arguments) {
    if (**at == '*') {
        ++*at;
        return va_arg(*arguments, int);
    }
    int number = 0;
    for (; **at >= '0' && **at <= '9'; ++*at) number = number * 10 + (**at - '0');
    return number;
}

static void read_flags(const char **at, struct specification *spec) {
    for (;; ++*at) {
        switch (**at) {
            case '-': spec->left = true; break;
            case '0': spec->zeros = true; break;
            case '+': spec->plus = true; break;
            case ' ': spec->space = true; break;
            case '#': spec->alternate = true; break;
            case '\'': break;
            default: return;
        }
    }
}

static struct specification read_specification(const char **at, va_list *arguments) {
    struct specification spec = {.precision = -1};
    read_flags(at, &spec);
    spec.width = read_number(at, arguments);
    if (spec.width < 0) {
        spec.left = true;
        spec.width = -spec.width;
    }
    if (**at == '.') {
        ++*at;
        spec.precision = read_number(at, arguments);  // a negative one counts as none
    }
    while (**at && strchr("hlzjtL", **at)) {
        const bool twice = spec.size == **at;
        spec.size = **at == 'L' ? 'D' : twice ? (**at == 'h' ? 'H' : 'L') : **at;
        ++*at;
    }
    spec.conversion = **at;
    if (**at) ++*at;
    return spec;
}

static uint64_t read_integer(const struct specification *spec, va_list *arguments) {
    const bool is_signed = spec->conversion == 'd' || spec->conversion == 'i';
    if (spec->size == 'L' || spec->size == 'j') return va_arg(*arguments, uint64_t);
    const int value = va_arg(*arguments, int);
    switch (spec->size) {
        case 'H': return is_signed ? (uint64_t)(signed char)value : (unsigned char)value;
        case 'h': return is_signed ? (uint64_t)(short)value : (unsigned short)value;
        default: return is_signed ? (uint64_t)value : (unsigned)value;
    }
}

// Writes the digits of a value in front of `end`; returns where they begin. Zero has no digits.
static char *write_digits(char *end, uint64_t value, unsigned base, bool capitals) {
    const char *digits = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
    for (; value >> 32 != 0; value /= base) *--end = digits[value % base];
    for (uint32_t rest = (uint32_t)value; rest != 0; rest /= base) *--end = digits[rest % base];
    return end;
}

static unsigned base_of(char conversion) {
    switch (conversion) {
        case 'o': return 8;
        case 'x':
        case 'X':
        case 'p': return 16;
        default: return 10;
    }
}

// Sign or 0x, zeros, digits; with blanks before or after up to the width.
static void put_number(struct output *out, const struct specification *spec, const char *prefix,
                       const char *digits, int length) {
    const int prefix_length = (int)strlen(prefix);
    int zeros = spec->precision > length ? spec->precision - length : 0;
    int blanks = spec->width - prefix_length - zeros - length;
    if (spec->zeros && !spec->left && spec->precision < 0 && blanks > 0) {
        zeros += blanks;
        blanks = 0;
    }
    if (!spec->left) pad(out, ' ', blanks);
    put(out, prefix, (size_t)prefix_length);
    pad(out, '0', zeros);
    put(out, digits, (size_t)length);
    if (spec->left) pad(out, ' ', blanks);
}

static void put_text(struct output *out, const struct specification *spec, const char *text, size_t length) {
    const int blanks = spec->width - (int)length;
    if (!spec->left) pad(out, ' ', blanks);
    put(out, text, length);
    if (spec->left) pad(out, ' ', blanks);
}

static void format_integer(struct output *out, struct specification *spec, va_list *arguments) {
    uint64_t value = read_integer(spec, arguments);
    const char *prefix = "";
    if (spec->conversion == 'p' && value == 0) {
        put_text(out, spec, "(nil)", 5);
        return;
    }
    if (spec->conversion == 'd' || spec->conversion == 'i') {
        const bool negative = (int64_t)value < 0;
        if (negative) value = -value;
        prefix = negative ? "-" : spec->plus ? "+" : spec->space ? " " : "";
    } else if (spec->conversion == 'p') {
        prefix = "0x";
    } else if (spec->alternate && value != 0) {
        prefix = spec->conversion == 'x' ? "0x" : spec->conversion == 'X' ? "0X" : "";
    }
    char buffer[24];  // 2^64 has 22 octal digits
    char *const end = buffer + sizeof buffer;
    char *start = write_digits(end, value, base_of(spec->conversion), spec->conversion == 'X');
    if (start == end && spec->precision != 0) *--start = '0';
    if (spec->conversion == 'o' && spec->alternate && (start == end || *start != '0')) *--start = '0';
    put_number(out, spec, prefix, start, (int)(end - start));
}

static void format_string(struct output *out, const struct specification *spec, const char *text) {
    if (text == NULL) text = "(null)";
    put_text(out, spec, text, strnlen(text, spec->precision < 0 ? (size_t)-1 : (size_t)spec->precision));
}

// Sign, zeros up to the width, and the text with the zeros that format_float left out.
static void format_floating(struct output *out, const struct specification *spec, double value) {
    char text[FLOAT_TEXT_MAX];
    const bool negative = __builtin_signbit(value) != 0, finite = value - value == 0;
    const struct float_format format = {spec->conversion, spec->precision, spec->alternate};
    int zeros, zeros_at;
    const int length = __format_float(text, negative ? -value : value, &format, &zeros, &zeros_at);
    const char *sign = negative ? "-" : spec->plus ? "+" : spec->space ? " " : "";
    const int prefix = (spec->conversion == 'a' || spec->conversion == 'A') && finite ? 2 : 0;
    const int blanks = spec->width - (int)strlen(sign) - length - zeros;
    const bool fill = spec->zeros && !spec->left && finite;
    if (!spec->left && !fill) pad(out, ' ', blanks);
    put(out, sign, strlen(sign));
    put(out, text, (size_t)prefix);
    if (fill) pad(out, '0', blanks);
    if (zeros > 0) {
        put(out, text + prefix, (size_t)(zeros_at - prefix));
        pad(out, '0', zeros);
        put(out, text + zeros_at, (size_t)(length - zeros_at));
    } else {
        put(out, text + prefix, (size_t)(length - prefix));
    }
    if (spec->left) pad(out, ' ', blanks);
}

static void store_count(const struct specification *spec, void *to, int count) {
    switch (spec->size) {
        case 'H': *(signed char *)to = (signed char)count; break;
        case 'h': *(short *)to = (short)count; break;
        case 'L':
        case 'j': *(int64_t *)to = count; break;
        default: *(int *)to = count;
    }
}

static void convert(struct output *out, struct specification *spec, va_list *arguments) {
    switch (spec->conversion) {
        case 'd':
        case 'i':
        case 'u':
        case 'o':
        case 'x':
        case 'X':
        case 'p': format_integer(out, spec, arguments); break;
        case 'c': {
            const char c = (char)va_arg(*arguments, int);
            put_text(out, spec, &c, 1);
            break;
        }
        case 's': format_string(out, spec, va_arg(*arguments, const char *)); break;
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
        case 'a':
        case 'A': {
            const bool is_long = spec->size == 'D';
            format_floating(out, spec, is_long ? (double)va_arg(*arguments, long double) : va_arg(*arguments, double));
            break;
        }
        case 'n': store_count(spec, va_arg(*arguments, void *), out->count); break;
        case '%': put(out, "%", 1); break;
        case '\0': break;
        default: {  // not ours: shown as it stands, so that the mistake is seen
            const char shown[] = {'%', spec->conversion};
            put(out, shown, sizeof shown);
        }
    }
}

int __format(struct text_sink *sink, const char *format, va_list arguments) {
    struct output out = {sink, 0};
    va_list rest;
    va_copy(rest, arguments);
    while (*format) {
        const size_t plain = (size_t)(strchrnul(format, '%') - format);
        if (plain > 0) {
            put(&out, format, plain);
            format += plain;
        } else {
            ++format;
            struct specification spec = read_specification(&format, &rest);
            convert(&out, &spec, &rest);
        }
    }
    va_end(rest);
    return out.count;
}
