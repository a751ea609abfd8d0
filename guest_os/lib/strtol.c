// Text to integers. One function reads a magnitude; the others differ in the range they accept.

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

struct number {
    unsigned long long magnitude;
    bool negative, too_large;
};

static int digit_of(char c) {
    if (isdigit((unsigned char)c)) return c - '0';
    if (isalpha((unsigned char)c)) return tolower((unsigned char)c) - 'a' + 10;
    return 99;
}

static struct number parse(const char *text, char **end, int base) {
    struct number result = {0, false, false};
    const char *at = text;
    if (base == 1 || base < 0 || base > 36) {
        errno = EINVAL;
        base = 1;  // which no text is in
    }
    while (isspace((unsigned char)*at)) ++at;
    if (*at == '-' || *at == '+') result.negative = *at++ == '-';
    const bool has_0x = at[0] == '0' && (at[1] == 'x' || at[1] == 'X') && digit_of(at[2]) < 16;
    if (has_0x && (base == 0 || base == 16)) {
        at += 2;
        base = 16;
    } else if (base == 0) {
        base = *at == '0' ? 8 : 10;
    }
    const char *const digits = at;
    for (; digit_of(*at) < base; ++at) {
        const unsigned digit = (unsigned)digit_of(*at);
        if (result.magnitude <= UINT_MAX / 36 - 1) {  // the common case needs no long division
            result.magnitude = (unsigned)result.magnitude * (unsigned)base + digit;
        } else if (result.magnitude > (ULLONG_MAX - digit) / (unsigned)base) {
            result.too_large = true;
        } else {
            result.magnitude = result.magnitude * (unsigned)base + digit;
        }
    }
    if (end) *end = (char *)(at == digits ? text : at);
    return result;
}

static long long parse_signed(const char *text, char **end, int base, long long least, long long most) {
    const struct number n = parse(text, end, base);
    if (n.negative) {
        if (!n.too_large && n.magnitude <= -(unsigned long long)least) return (long long)-n.magnitude;
    } else {
        if (!n.too_large && n.magnitude <= (unsigned long long)most) return (long long)n.magnitude;
    }
    errno = ERANGE;
    return n.negative ? least : most;
}

static unsigned long long parse_unsigned(const char *text, char **end, int base, unsigned long long most) {
    const struct number n = parse(text, end, base);
    if (n.too_large || n.magnitude > most) {
        errno = ERANGE;
        return most;
    }
    return n.negative ? -n.magnitude : n.magnitude;
}

long strtol(const char *restrict text, char **restrict end, int base) {
    return (long)parse_signed(text, end, base, LONG_MIN, LONG_MAX);
}

unsigned long strtoul(const char *restrict text, char **restrict end, int base) {
    return (unsigned long)parse_unsigned(text, end, base, ULONG_MAX);
}

long long strtoll(const char *restrict text, char **restrict end, int base) {
    return parse_signed(text, end, base, LLONG_MIN, LLONG_MAX);
}

unsigned long long strtoull(const char *restrict text, char **restrict end, int base) {
    return parse_unsigned(text, end, base, ULLONG_MAX);
}

intmax_t strtoimax(const char *restrict text, char **restrict end, int base) { return strtoll(text, end, base); }
uintmax_t strtoumax(const char *restrict text, char **restrict end, int base) { return strtoull(text, end, base); }

int atoi(const char *text) { return (int)strtol(text, NULL, 10); }
long atol(const char *text) { return strtol(text, NULL, 10); }
long long atoll(const char *text) { return strtoll(text, NULL, 10); }
