// printf's little language: %[N$][flags][width][.precision][size]conversion.
//
//   N$          the Nth argument; a width or precision of * becomes *N$ then
//   flags       - left   0 zeros in front   + always a sign   space in place of +   # 0x or 0 in front
//               ' groups of digits, which the locale "C" does not have
//   size        hh h l ll z j t L
//   conversion  d i u o x X c s p n m % and, for floating point, e E f F g G a A (format_float.c)
//
// Not modelled: wide characters; of a long double, no more than a double's digits are shown.

#include "format.h"
#include "format_float.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

union value {
    uint64_t integer;
    double floating;
    void *pointer;
};

// Arguments come one after the other, or all are read first and then taken by their numbers.
struct arguments {
    va_list rest;
    const union value *numbered;  // NULL: one after the other
};

// How an argument is passed.
enum kind { KIND_NONE, KIND_INT, KIND_LONG_LONG, KIND_POINTER, KIND_DOUBLE, KIND_LONG_DOUBLE };

// A number in a format: as it stands there, or an argument.
struct number {
    bool is_argument;
    int argument;  // which one, 0: the next
    int value;
};

struct specification {
    int argument;  // which one, 0: the next
    bool left, zeros, plus, space, alternate;
    struct number width_given, precision_given;
    int width;
    int precision;  // -1: none given
    char size;      // one letter: H for hh, L for ll, D for L
    char conversion;
};

struct output {
    struct text_sink *sink;
    int count;
    int error;  // errno as it was before the first write
};

static void put(struct output *out, const char *bytes, size_t count) {
    if (count == 0) return;
    out->sink->write(out->sink, bytes, count);
    out->count += (int)count;
}

static void pad(struct output *out, char with, int count) {
    for (; count > 0; --count) put(out, &with, 1);
}

static union value next_value(va_list *rest, enum kind kind) {
    switch (kind) {
        case KIND_LONG_LONG: return (union value){.integer = va_arg(*rest, uint64_t)};
        case KIND_POINTER: return (union value){.pointer = va_arg(*rest, void *)};
        case KIND_DOUBLE: return (union value){.floating = va_arg(*rest, double)};
        case KIND_LONG_DOUBLE: return (union value){.floating = (double)va_arg(*rest, long double)};
        default: return (union value){.integer = (uint64_t)va_arg(*rest, int)};
    }
}

static union value take(struct arguments *from, int number, enum kind kind) {
    if (from->numbered != NULL && number > 0) return from->numbered[number - 1];
    return next_value(&from->rest, kind);
}

static int read_digits(const char **at) {
    int number = 0;
    for (; **at >= '0' && **at <= '9'; ++*at) number = number * 10 + (**at - '0');
    return number;
}

// "N$": the number of an argument; 0, and nothing is read, if it is something else.
static int read_argument_number(const char **at) {
    const char *behind = *at;
    const int number = read_digits(&behind);
    if (*behind != '$' || number == 0) return 0;
    *at = behind + 1;
    return number;
}

static struct number read_number(const char **at) {
    if (**at != '*') return (struct number){.value = read_digits(at)};
    ++*at;
    return (struct number){.is_argument = true, .argument = read_argument_number(at)};
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

static struct specification read_specification(const char **at) {
    struct specification spec = {.argument = read_argument_number(at), .precision_given = {.value = -1}};
    read_flags(at, &spec);
    spec.width_given = read_number(at);
    if (**at == '.') {
        ++*at;
        spec.precision_given = read_number(at);
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

static int value_of(const struct number *number, struct arguments *from) {
    return number->is_argument ? (int)take(from, number->argument, KIND_INT).integer : number->value;
}

static void find_width_and_precision(struct specification *spec, struct arguments *from) {
    spec->width = value_of(&spec->width_given, from);
    if (spec->width < 0) {
        spec->left = true;
        spec->width = -spec->width;
    }
    spec->precision = value_of(&spec->precision_given, from);  // a negative one counts as none
}

static enum kind kind_of(const struct specification *spec) {
    switch (spec->conversion) {
        case 'd':
        case 'i':
        case 'u':
        case 'o':
        case 'x':
        case 'X': return spec->size == 'L' || spec->size == 'j' ? KIND_LONG_LONG : KIND_INT;
        case 'c': return KIND_INT;
        case 'p':
        case 's':
        case 'n': return KIND_POINTER;
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
        case 'a':
        case 'A': return spec->size == 'D' ? KIND_LONG_DOUBLE : KIND_DOUBLE;
        default: return KIND_NONE;
    }
}

static uint64_t integer_of(const struct specification *spec, union value value) {
    if (spec->conversion == 'p') return (uintptr_t)value.pointer;
    if (kind_of(spec) == KIND_LONG_LONG) return value.integer;
    const bool is_signed = spec->conversion == 'd' || spec->conversion == 'i';
    const int number = (int)value.integer;
    switch (spec->size) {
        case 'H': return is_signed ? (uint64_t)(signed char)number : (unsigned char)number;
        case 'h': return is_signed ? (uint64_t)(short)number : (unsigned short)number;
        default: return is_signed ? (uint64_t)number : (unsigned)number;
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

static void format_integer(struct output *out, const struct specification *spec, uint64_t value) {
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

static void convert(struct output *out, const struct specification *spec, union value value) {
    const enum kind kind = kind_of(spec);
    if (kind == KIND_DOUBLE || kind == KIND_LONG_DOUBLE) {
        format_floating(out, spec, value.floating);
        return;
    }
    switch (spec->conversion) {
        case 'p': format_integer(out, spec, integer_of(spec, value)); break;
        case 'c': {
            const char c = (char)value.integer;
            put_text(out, spec, &c, 1);
            break;
        }
        case 's': format_string(out, spec, value.pointer); break;
        case 'm': format_string(out, spec, strerror(out->error)); break;
        case 'n': store_count(spec, value.pointer, out->count); break;
        case '%': put(out, "%", 1); break;
        case '\0': break;
        default: {
            if (kind != KIND_NONE) {
                format_integer(out, spec, integer_of(spec, value));
                break;
            }
            // Not ours: shown as it stands, so that the mistake is seen.
            const char shown[] = {'%', spec->conversion};
            put(out, shown, sizeof shown);
        }
    }
}

// Goes on behind the next %; false at the end of the format.
static bool find_specification(const char **at) {
    *at = strchrnul(*at, '%');
    return *(*at)++ != '\0';
}

static void format_all(struct output *out, const char *format, struct arguments *from) {
    for (const char *at = format; find_specification(&at); format = at) {
        put(out, format, (size_t)(at - 1 - format));
        struct specification spec = read_specification(&at);
        find_width_and_precision(&spec, from);
        const enum kind kind = kind_of(&spec);
        convert(out, &spec, kind == KIND_NONE ? (union value){0} : take(from, spec.argument, kind));
    }
    put(out, format, strlen(format));
}

static bool has_numbers(const char *format) {
    while (find_specification(&format)) {
        if (read_specification(&format).argument > 0) return true;
    }
    return false;
}

static bool note_kind(enum kind kinds[NL_ARGMAX], int argument, enum kind kind) {
    if (argument > NL_ARGMAX) return false;
    if (argument > 0) kinds[argument - 1] = kind;
    return true;
}

// Which arguments there are can be seen only from the whole format. False if one has too large a number.
static bool find_kinds(enum kind kinds[NL_ARGMAX], const char *format) {
    while (find_specification(&format)) {
        const struct specification spec = read_specification(&format);
        if (!note_kind(kinds, spec.width_given.argument, KIND_INT) ||
            !note_kind(kinds, spec.precision_given.argument, KIND_INT) ||
            !note_kind(kinds, spec.argument, kind_of(&spec))) {
            return false;
        }
    }
    return true;
}

static bool format_numbered(struct output *out, const char *format, struct arguments *from) {
    enum kind kinds[NL_ARGMAX] = {KIND_NONE};
    union value values[NL_ARGMAX];
    if (!find_kinds(kinds, format)) {
        errno = EINVAL;
        return false;
    }
    int count = NL_ARGMAX;
    while (count > 0 && kinds[count - 1] == KIND_NONE) --count;
    for (int i = 0; i < count; ++i) values[i] = next_value(&from->rest, kinds[i]);
    from->numbered = values;
    format_all(out, format, from);
    return true;
}

int __format(struct text_sink *sink, const char *format, va_list arguments) {
    struct output out = {.sink = sink, .error = errno};
    struct arguments from = {.numbered = NULL};
    bool fine = true;
    va_copy(from.rest, arguments);
    if (has_numbers(format)) fine = format_numbered(&out, format, &from);
    else format_all(&out, format, &from);
    va_end(from.rest);
    return fine ? out.count : -1;
}
