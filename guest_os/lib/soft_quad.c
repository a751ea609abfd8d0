// The run-time routines for long double, which has 128 bits on this machine: 15 of exponent, 112 of fraction. Nothing
// here is in a hurry: numbers are arrays of 32-bit words, the lowest first, and work goes bit by bit where that is
// simpler. The rules are those of soft_float.h.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { WORDS = 5, FRACTION = 112, BIAS = 16383, SPECIAL = 32767, TOP = FRACTION + 3 };

// An integer of 160 bits.
struct wide {
    uint32_t word[WORDS];
};

struct parts {
    bool negative, is_nan, is_infinite;
    int exponent;
    struct wide mantissa;  // its first bit at place TOP, the last one sticky; 0: the number is 0
};

union quad {
    long double value;
    uint32_t word[4];
};

static int highest_bit(const struct wide *w) {
    for (int i = WORDS - 1; i >= 0; --i) {
        if (w->word[i] != 0) return i * 32 + 31 - __builtin_clz(w->word[i]);
    }
    return -1;
}

static void shift_left(struct wide *w, int count) {
    const int words = count / 32, bits = count % 32;
    for (int i = WORDS - 1; i >= 0; --i) {
        const uint32_t high = i - words >= 0 ? w->word[i - words] : 0, low = i - words >= 1 ? w->word[i - words - 1] : 0;
        w->word[i] = bits == 0 ? high : high << bits | low >> (32 - bits);
    }
}

// Says whether a bit was lost.
static bool shift_right(uint32_t *word, int size, int count) {
    const int words = count / 32, bits = count % 32;
    bool lost = false;
    for (int i = 0; i < words && i < size; ++i) lost = lost || word[i] != 0;
    if (bits != 0 && words < size) lost = lost || (word[words] & ((1u << bits) - 1)) != 0;
    for (int i = 0; i < size; ++i) {
        const uint32_t low = i + words < size ? word[i + words] : 0, high = i + words + 1 < size ? word[i + words + 1] : 0;
        word[i] = bits == 0 ? low : low >> bits | high << (32 - bits);
    }
    return lost;
}

static void shift_right_sticky(struct wide *w, int count) {
    if (shift_right(w->word, WORDS, count)) w->word[0] |= 1;
}

static void add(struct wide *a, const struct wide *b) {
    uint64_t carry = 0;
    for (int i = 0; i < WORDS; ++i) {
        carry += (uint64_t)a->word[i] + b->word[i];
        a->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static void subtract(struct wide *a, const struct wide *b) {
    uint32_t borrow = 0;
    for (int i = 0; i < WORDS; ++i) {
        const uint64_t difference = (uint64_t)a->word[i] - b->word[i] - borrow;
        a->word[i] = (uint32_t)difference;
        borrow = (uint32_t)(difference >> 32) != 0;
    }
}

static int compare_wide(const struct wide *a, const struct wide *b) {
    for (int i = WORDS - 1; i >= 0; --i) {
        if (a->word[i] != b->word[i]) return a->word[i] < b->word[i] ? -1 : 1;
    }
    return 0;
}

static void normalize(struct parts *p) {
    const int bit = highest_bit(&p->mantissa);
    if (bit < 0) return;
    p->exponent += bit - TOP;
    if (bit < TOP) shift_left(&p->mantissa, TOP - bit);
    else shift_right_sticky(&p->mantissa, bit - TOP);
}

static struct parts take_apart(long double value) {
    const union quad u = {value};
    struct parts p = {.negative = u.word[3] >> 31 != 0, .exponent = (int)(u.word[3] >> 16 & 0x7FFF)};
    memcpy(p.mantissa.word, u.word, sizeof u.word);
    p.mantissa.word[3] &= 0xFFFF;
    const bool fraction = highest_bit(&p.mantissa) >= 0;
    if (p.exponent == SPECIAL) {
        p.is_nan = fraction;
        p.is_infinite = !fraction;
        return p;
    }
    if (p.exponent > 0) p.mantissa.word[3] |= 1u << 16;
    else p.exponent = 1;
    shift_left(&p.mantissa, 3);
    normalize(&p);
    return p;
}

static long double make(bool negative, int exponent, const struct wide *fraction) {
    union quad u = {.word = {0}};
    if (fraction != NULL) memcpy(u.word, fraction->word, sizeof u.word);
    u.word[3] += (uint32_t)exponent << 16;
    if (negative) u.word[3] |= 1u << 31;
    return u.value;
}

static long double nan_value(void) {
    static const struct wide quiet = {{0, 0, 0, 1u << 15}};
    return make(false, SPECIAL, &quiet);
}

static long double put_together(struct parts p) {
    if (highest_bit(&p.mantissa) < 0) return make(p.negative, 0, NULL);
    if (p.exponent >= SPECIAL) return make(p.negative, SPECIAL, NULL);
    if (p.exponent <= 0) {
        shift_right_sticky(&p.mantissa, 1 - p.exponent);
        p.exponent = 0;
    }
    const unsigned below = p.mantissa.word[0] & 7;
    shift_right(p.mantissa.word, WORDS, 3);
    if (p.exponent > 0) p.mantissa.word[3] -= 1u << 16;  // the hidden bit
    static const struct wide one = {{1}};
    p.mantissa.word[3] += (uint32_t)p.exponent << 16;
    if (below > 4 || (below == 4 && (p.mantissa.word[0] & 1) != 0)) add(&p.mantissa, &one);
    return make(p.negative, 0, &p.mantissa);
}

long double __addtf3(long double a, long double b);
long double __subtf3(long double a, long double b);
long double __multf3(long double a, long double b);
long double __divtf3(long double a, long double b);
int __eqtf2(long double a, long double b);
int __netf2(long double a, long double b);
int __lttf2(long double a, long double b);
int __letf2(long double a, long double b);
int __gttf2(long double a, long double b);
int __getf2(long double a, long double b);
int __unordtf2(long double a, long double b);
long double __extenddftf2(double value);
long double __extendsftf2(float value);
double __trunctfdf2(long double value);
float __trunctfsf2(long double value);

long double __addtf3(long double left, long double right) {
    struct parts large = take_apart(left), small = take_apart(right);
    if (large.is_nan || small.is_nan) return nan_value();
    if (large.is_infinite) return small.is_infinite && large.negative != small.negative ? nan_value() : left;
    if (small.is_infinite) return right;
    const bool no_left = highest_bit(&large.mantissa) < 0, no_right = highest_bit(&small.mantissa) < 0;
    if (no_right) return no_left && large.negative != small.negative ? 0 : left;
    if (no_left) return right;
    const bool swapped = large.exponent != small.exponent ? large.exponent < small.exponent
                                                          : compare_wide(&large.mantissa, &small.mantissa) < 0;
    if (swapped) {
        const struct parts kept = large;
        large = small;
        small = kept;
    }
    shift_right_sticky(&small.mantissa, large.exponent - small.exponent);
    if (large.negative == small.negative) add(&large.mantissa, &small.mantissa);
    else subtract(&large.mantissa, &small.mantissa);
    if (highest_bit(&large.mantissa) < 0) return 0;
    normalize(&large);
    return put_together(large);
}

long double __subtf3(long double a, long double b) {
    union quad u = {b};
    u.word[3] ^= 1u << 31;
    return __addtf3(a, u.value);
}

static bool is_zero(const struct parts *p) { return highest_bit(&p->mantissa) < 0; }

long double __multf3(long double left, long double right) {
    struct parts a = take_apart(left), b = take_apart(right);
    const bool negative = a.negative != b.negative;
    if (a.is_nan || b.is_nan) return nan_value();
    if (a.is_infinite || b.is_infinite) {
        const bool zero = (!a.is_infinite && is_zero(&a)) || (!b.is_infinite && is_zero(&b));
        return zero ? nan_value() : make(negative, SPECIAL, NULL);
    }
    if (is_zero(&a) || is_zero(&b)) return make(negative, 0, NULL);
    shift_right(a.mantissa.word, WORDS, 3);
    shift_right(b.mantissa.word, WORDS, 3);
    uint32_t product[8] = {0};
    for (int i = 0; i < 4; ++i) {
        uint64_t carry = 0;
        for (int k = 0; k < 4; ++k) {
            carry += (uint64_t)a.mantissa.word[i] * b.mantissa.word[k] + product[i + k];
            product[i + k] = (uint32_t)carry;
            carry >>= 32;
        }
        product[i + 4] = (uint32_t)carry;
    }
    // The first bit is at 2 * FRACTION or one above.
    const bool lost = shift_right(product, 8, 2 * FRACTION - TOP);
    struct parts result = {.negative = negative, .exponent = a.exponent + b.exponent - BIAS};
    memcpy(result.mantissa.word, product, sizeof result.mantissa.word);
    if (lost) result.mantissa.word[0] |= 1;
    normalize(&result);
    return put_together(result);
}

long double __divtf3(long double left, long double right) {
    struct parts a = take_apart(left), b = take_apart(right);
    const bool negative = a.negative != b.negative;
    if (a.is_nan || b.is_nan || (a.is_infinite && b.is_infinite)) return nan_value();
    if (a.is_infinite) return make(negative, SPECIAL, NULL);
    if (b.is_infinite) return make(negative, 0, NULL);
    if (is_zero(&b)) return is_zero(&a) ? nan_value() : make(negative, SPECIAL, NULL);
    if (is_zero(&a)) return make(negative, 0, NULL);
    struct parts result = {.negative = negative, .exponent = a.exponent - b.exponent + BIAS - 1};
    for (int digit = 0; digit < FRACTION + 5; ++digit) {
        shift_left(&result.mantissa, 1);
        if (compare_wide(&a.mantissa, &b.mantissa) >= 0) {
            subtract(&a.mantissa, &b.mantissa);
            result.mantissa.word[0] |= 1;
        }
        shift_left(&a.mantissa, 1);
    }
    if (!is_zero(&a)) result.mantissa.word[0] |= 1;
    normalize(&result);
    return put_together(result);
}

static int compare(long double left, long double right, int unordered) {
    const struct parts a = take_apart(left), b = take_apart(right);
    if (a.is_nan || b.is_nan) return unordered;
    const bool no_left = !a.is_infinite && is_zero(&a), no_right = !b.is_infinite && is_zero(&b);
    if (no_left && no_right) return 0;
    if (no_left) return b.negative ? 1 : -1;
    if (no_right || a.negative != b.negative) return a.negative ? -1 : 1;
    const int order = a.exponent != b.exponent ? (a.exponent < b.exponent ? -1 : 1) : compare_wide(&a.mantissa, &b.mantissa);
    return a.negative ? -order : order;
}

int __eqtf2(long double a, long double b) { return compare(a, b, 1); }
int __netf2(long double a, long double b) { return compare(a, b, 1); }
int __lttf2(long double a, long double b) { return compare(a, b, 1); }
int __letf2(long double a, long double b) { return compare(a, b, 1); }
int __gttf2(long double a, long double b) { return compare(a, b, -1); }
int __getf2(long double a, long double b) { return compare(a, b, -1); }
int __unordtf2(long double a, long double b) { return take_apart(a).is_nan || take_apart(b).is_nan; }

// ---- between long double and the other types

long double __extenddftf2(double value) {
    union {
        double value;
        uint64_t bits;
    } u = {value};
    const bool negative = u.bits >> 63 != 0;
    const int exponent = (int)(u.bits >> 52) & 0x7FF;
    const uint64_t fraction = u.bits & 0xFFFFFFFFFFFFF;
    if (exponent == 0x7FF) return fraction != 0 ? nan_value() : make(negative, SPECIAL, NULL);
    struct parts p = {.negative = negative, .exponent = (exponent != 0 ? exponent : 1) - 1023 + BIAS + TOP - 52};
    const uint64_t mantissa = exponent != 0 ? fraction | 1ull << 52 : fraction;
    p.mantissa.word[0] = (uint32_t)mantissa;
    p.mantissa.word[1] = (uint32_t)(mantissa >> 32);
    normalize(&p);
    return put_together(p);
}

long double __extendsftf2(float value) { return __extenddftf2(value); }

// The mantissa cut to 64 bits with its first at 63, and scaled by powers of two that a double has.
static uint64_t cut(const struct parts *p) {
    struct wide m = p->mantissa;
    shift_right_sticky(&m, TOP - 63);
    return (uint64_t)m.word[1] << 32 | m.word[0];
}

// To a format with so many bits of fraction and exponent.
static uint64_t narrow(long double value, int fraction, int exponent_bits) {
    const struct parts p = take_apart(value);
    const int special = (1 << exponent_bits) - 1, bias = special / 2;
    const uint64_t sign = (uint64_t)p.negative << (fraction + exponent_bits), infinite = (uint64_t)special << fraction;
    if (p.is_nan) return infinite | 1ull << (fraction - 1);
    if (p.is_infinite) return sign | infinite;
    if (is_zero(&p)) return sign;
    int exponent = p.exponent - BIAS + bias, drop = 63 - fraction;
    if (exponent >= special) return sign | infinite;
    const uint64_t mantissa = cut(&p);
    if (exponent <= 0) {
        drop += 1 - exponent;
        exponent = 0;
        if (drop > 64) return sign;
    }
    uint64_t kept = drop == 64 ? 0 : mantissa >> drop;
    const uint64_t half = 1ull << (drop - 1), below = drop == 64 ? mantissa : mantissa & (2 * half - 1);
    if (exponent > 0) kept += ((uint64_t)exponent << fraction) - (1ull << fraction);
    if (below > half || (below == half && (kept & 1) != 0)) ++kept;
    return sign | kept;
}

double __trunctfdf2(long double value) {
    union {
        uint64_t bits;
        double value;
    } u = {narrow(value, 52, 11)};
    return u.value;
}

float __trunctfsf2(long double value) {
    union {
        uint32_t bits;
        float value;
    } u = {(uint32_t)narrow(value, 23, 8)};
    return u.value;
}

static uint64_t to_integer(long double value, uint64_t most_positive, uint64_t most_negative) {
    const struct parts p = take_apart(value);
    const uint64_t most = p.negative ? most_negative : most_positive;
    if (p.is_nan || (!p.is_infinite && (is_zero(&p) || p.exponent < BIAS))) return 0;
    uint64_t result = most;
    if (!p.is_infinite && p.exponent - BIAS < 64) {
        struct wide m = p.mantissa;
        shift_right(m.word, WORDS, TOP - (p.exponent - BIAS));
        result = (uint64_t)m.word[1] << 32 | m.word[0];
    }
    if (result > most) result = most;
    return p.negative ? -result : result;
}

static long double from_integer(uint64_t value, bool negative) {
    struct parts p = {.negative = negative && value != 0, .exponent = BIAS + TOP};
    p.mantissa.word[0] = (uint32_t)value;
    p.mantissa.word[1] = (uint32_t)(value >> 32);
    normalize(&p);
    return put_together(p);
}

int32_t __fixtfsi(long double value);
int64_t __fixtfdi(long double value);
uint32_t __fixunstfsi(long double value);
uint64_t __fixunstfdi(long double value);
long double __floatsitf(int32_t value);
long double __floatditf(int64_t value);
long double __floatunsitf(uint32_t value);
long double __floatunditf(uint64_t value);

int32_t __fixtfsi(long double value) { return (int32_t)to_integer(value, INT32_MAX, 1ull << 31); }
int64_t __fixtfdi(long double value) { return (int64_t)to_integer(value, INT64_MAX, 1ull << 63); }
uint32_t __fixunstfsi(long double value) { return (uint32_t)to_integer(value, UINT32_MAX, 0); }
uint64_t __fixunstfdi(long double value) { return to_integer(value, UINT64_MAX, 0); }
long double __floatsitf(int32_t value) { return from_integer(value < 0 ? -(uint64_t)value : (uint64_t)value, value < 0); }
long double __floatditf(int64_t value) { return from_integer(value < 0 ? -(uint64_t)value : (uint64_t)value, value < 0); }
long double __floatunsitf(uint32_t value) { return from_integer(value, false); }
long double __floatunditf(uint64_t value) { return from_integer(value, false); }
