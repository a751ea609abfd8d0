// Text to floating point, correctly rounded: the digits become an exact decimal, which is scaled by powers of two
// until its integer part holds all the bits that a number can keep.

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "decimal.h"

// mantissa * 2^exponent, and perhaps a little more ("sticky").
struct binary {
    uint64_t mantissa;
    int exponent;
    bool sticky;
};

// Rounds to a mantissa of `bits`; least is the exponent of the smallest subnormal number. The result is exact as a
// double then, and ldexp puts it together.
static double round_to(struct binary b, int bits, int least, int most) {
    if (b.mantissa == 0) return 0;
    int drop = 64 - __builtin_clzll(b.mantissa) - bits;
    if (b.exponent + drop < least) drop = least - b.exponent;
    if (drop > 64) {
        errno = ERANGE;
        return 0;
    }
    uint64_t kept = b.mantissa;
    if (drop > 0) {
        kept = drop == 64 ? 0 : b.mantissa >> drop;
        const uint64_t half = 1ull << (drop - 1), below = drop == 64 ? b.mantissa : b.mantissa & (2 * half - 1);
        if (below > half || (below == half && (b.sticky || (kept & 1) != 0))) ++kept;
    } else {
        drop = 0;
    }
    const int exponent = b.exponent + drop;
    if (kept == 0) {
        errno = ERANGE;
        return 0;
    }
    if (64 - __builtin_clzll(kept) + exponent > most) {
        errno = ERANGE;
        return HUGE_VAL;
    }
    return ldexp((double)kept, exponent);
}

enum { MOST_DIGITS = 800 };  // a decision between two doubles needs 768 at most; the rest only counts as "more"

// Digits and a point at `at`; returns where they end, `at` itself if there is no digit.
static const char *read_digits(const char *at, struct decimal *d, int *powers_of_ten, bool *nonzero, bool *more) {
    const char *const start = at;
    int digits = 0, kept = 0, in_front = 0;  // in front of the point, without leading zeros
    bool point = false;
    for (const char *c = at; isdigit((unsigned char)*c); ++c) {
        if (in_front > 0 || *c != '0') ++in_front;
    }
    int power = in_front - 1;
    *powers_of_ten = 0;
    if (power > 300) {
        *powers_of_ten = power - 300;
        power = 300;
    }
    for (;; ++at) {
        if (*at == '.' && !point) {
            point = true;
            continue;
        }
        if (!isdigit((unsigned char)*at)) break;
        ++digits;
        const int digit = *at - '0';
        if (!*nonzero && digit == 0) {
            if (point) --*powers_of_ten;  // 0.000...: the first digit that counts stands right behind the point
            continue;
        }
        *nonzero = true;
        if (kept < MOST_DIGITS) {
            if (digit != 0) __decimal_put_digit(d, power, digit);
        } else if (digit != 0) {
            *more = true;
        }
        ++kept;
        --power;
    }
    return digits > 0 ? at : start;
}

static const char *read_exponent(const char *at, char letter, int *exponent) {
    if (tolower((unsigned char)*at) != letter) return at;
    const char *c = at + 1;
    const bool negative = *c == '-';
    if (*c == '-' || *c == '+') ++c;
    if (!isdigit((unsigned char)*c)) return at;
    int value = 0;
    for (; isdigit((unsigned char)*c); ++c) {
        if (value < 100000) value = value * 10 + (*c - '0');
    }
    *exponent = negative ? -value : value;
    return c;
}

// Times 10^power: the digits move.
static void move_digits(struct decimal *d, int power) {
    static struct decimal moved;
    memset(&moved, 0, sizeof moved);
    moved.first = moved.end = DECIMAL_POINT;
    const int highest = __decimal_exponent(d), lowest = (DECIMAL_POINT - d->end) * DIGITS_PER_GROUP;
    for (int p = highest; p >= lowest; --p) {
        const int digit = __decimal_digit(d, p);
        if (digit != 0) __decimal_put_digit(&moved, p + power, digit);
    }
    *d = moved;
}

static struct binary to_binary(struct decimal *d, bool more) {
    struct binary b = {0, 0, more};
    while (d->first < DECIMAL_POINT - 5) {  // too large for 64 bits
        __decimal_scale(d, -16);
        b.exponent += 16;
    }
    while (d->first > DECIMAL_POINT - 4) {
        __decimal_scale(d, 16);
        b.exponent -= 16;
    }
    while (d->first < DECIMAL_POINT - 5 || (d->first == DECIMAL_POINT - 5 && d->groups[d->first] > 1000)) {
        __decimal_scale(d, -1);
        ++b.exponent;
    }
    while (d->first > DECIMAL_POINT - 5) {  // at least 10^16, which is more than 2^53
        __decimal_scale(d, 1);
        --b.exponent;
    }
    b.mantissa = __decimal_integer_part(d);
    if (__decimal_has_fraction(d)) b.sticky = true;
    return b;
}

static const char *read_decimal(const char *at, struct binary *b) {
    static struct decimal d;
    memset(&d, 0, sizeof d);
    d.first = d.end = DECIMAL_POINT;
    int shift = 0, exponent = 0;
    bool nonzero = false, more = false;
    const char *end = read_digits(at, &d, &shift, &nonzero, &more);
    if (end == at) return at;
    end = read_exponent(end, 'e', &exponent);
    if (!nonzero) return end;
    exponent += shift;
    const int highest = __decimal_exponent(&d) + exponent;
    if (highest > 310) {
        *b = (struct binary){1, 5000, false};
        return end;
    }
    if (highest < -345) {
        *b = (struct binary){1, -5000, false};
        return end;
    }
    if (exponent != 0) move_digits(&d, exponent);
    *b = to_binary(&d, more);
    return end;
}

static const char *read_hexadecimal(const char *at, struct binary *b) {
    bool point = false, digits = false;
    for (;; ++at) {
        if (*at == '.' && !point) {
            point = true;
            continue;
        }
        if (!isxdigit((unsigned char)*at)) break;
        digits = true;
        const unsigned digit = (unsigned)(isdigit((unsigned char)*at) ? *at - '0' : tolower((unsigned char)*at) - 'a' + 10);
        if (b->mantissa >> 58 == 0) {
            b->mantissa = b->mantissa << 4 | digit;
            if (point) b->exponent -= 4;
        } else {
            if (digit != 0) b->sticky = true;
            if (!point) b->exponent += 4;
        }
    }
    if (!digits) return NULL;
    int exponent = 0;
    at = read_exponent(at, 'p', &exponent);
    b->exponent += exponent;
    return at;
}

// Behind "nan": letters and digits in parentheses belong to it.
static const char *skip_payload(const char *at) {
    if (*at != '(') return at;
    const char *end = at + 1;
    while (isalnum((unsigned char)*end) || *end == '_') ++end;
    return *end == ')' ? end + 1 : at;
}

static double parse(const char *text, char **end, int bits, int least, int most) {
    const char *at = text;
    while (isspace((unsigned char)*at)) ++at;
    const bool negative = *at == '-';
    if (*at == '-' || *at == '+') ++at;
    struct binary b = {0, 0, false};
    double value = 0;
    const char *stop = NULL;
    if (strncasecmp(at, "inf", 3) == 0) {
        stop = at + (strncasecmp(at, "infinity", 8) == 0 ? 8 : 3);
        value = HUGE_VAL;
    } else if (strncasecmp(at, "nan", 3) == 0) {
        stop = skip_payload(at + 3);
        value = NAN;
    } else {
        if (at[0] == '0' && (at[1] == 'x' || at[1] == 'X')) stop = read_hexadecimal(at + 2, &b);
        if (stop == NULL) {
            b = (struct binary){0, 0, false};
            stop = read_decimal(at, &b);
            if (stop == at) {  // no number
                if (end) *end = (char *)text;
                return 0;
            }
        }
        value = round_to(b, bits, least, most);
    }
    if (end) *end = (char *)stop;
    return negative ? -value : value;
}

double strtod(const char *restrict text, char **restrict end) { return parse(text, end, 53, -1074, 1024); }
long double strtold(const char *restrict text, char **restrict end) { return strtod(text, end); }
float strtof(const char *restrict text, char **restrict end) { return (float)parse(text, end, 24, -149, 128); }
double atof(const char *text) { return strtod(text, NULL); }
