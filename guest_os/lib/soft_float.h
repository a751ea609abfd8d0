// Floating point without a unit for it: IEEE 754 with round-to-nearest-even, as clang calls it by name. This text is
// compiled once for double (soft_double.c) and once for float (soft_single.c), which define
//
//   REAL, BITS         the type, and an unsigned integer of its size
//   FRACTION, EXPONENT how many bits: 52 and 11, 23 and 8
//   CALL(a, b)         the routine's name: CALL(__add, 3) is __adddf3
//
//      sign | exponent | fraction            value = 1.fraction * 2^(exponent - BIAS)
//
// Not modelled: other rounding modes and the exception flags. There is one NaN.

#include <stdbool.h>
#include <stdint.h>

#define WIDTH ((int)sizeof(BITS) * 8)
#define ONE ((BITS)1)
#define BIAS ((1 << (EXPONENT - 1)) - 1)
#define SPECIAL ((1 << EXPONENT) - 1)  // the exponent of infinities and NaN
#define HIDDEN (ONE << FRACTION)       // the bit in front of the fraction that is not stored
#define SIGN (ONE << (WIDTH - 1))
#define INFINITE ((BITS)SPECIAL << FRACTION)
#define NOT_A_NUMBER (INFINITE | HIDDEN >> 1)

// A finite number taken apart. The mantissa has its first bit at place FRACTION + 3 and three bits more than a result
// can keep: the last one stands for everything below it ("sticky"), which is all that rounding wants to know.
struct parts {
    bool negative;
    int exponent;
    BITS mantissa;  // 0: the number is 0
};

static inline BITS bits_of(REAL value) {
    union {
        REAL value;
        BITS bits;
    } u = {value};
    return u.bits;
}

static inline REAL real_of(BITS bits) {
    union {
        BITS bits;
        REAL value;
    } u = {bits};
    return u.value;
}

static inline BITS magnitude(BITS bits) { return bits & ~SIGN; }
static inline bool is_nan(BITS bits) { return magnitude(bits) > INFINITE; }
static inline bool is_infinite(BITS bits) { return magnitude(bits) == INFINITE; }

static int leading_zeros(BITS bits) {
    return sizeof(BITS) == 8 ? __builtin_clzll(bits) : __builtin_clz((unsigned)bits);
}

static BITS shift_right_sticky(BITS mantissa, int count) {
    if (count <= 0) return mantissa;
    if (count >= WIDTH) return mantissa != 0;
    return mantissa >> count | ((mantissa & ((ONE << count) - 1)) != 0);
}

static struct parts take_apart(BITS bits) {
    struct parts p = {(bits & SIGN) != 0, (int)(magnitude(bits) >> FRACTION), bits & (HIDDEN - 1)};
    if (p.exponent > 0) {
        p.mantissa |= HIDDEN;
    } else if (p.mantissa != 0) {  // subnormal: no hidden bit; made to look like the others
        const int shift = leading_zeros(p.mantissa) - (WIDTH - 1 - FRACTION);
        p.mantissa <<= shift;
        p.exponent = 1 - shift;
    }
    p.mantissa <<= 3;
    return p;
}

static REAL put_together(struct parts p) {
    const BITS sign = p.negative ? SIGN : 0;
    if (p.mantissa == 0) return real_of(sign);
    if (p.exponent >= SPECIAL) return real_of(sign | INFINITE);
    if (p.exponent <= 0) {
        p.mantissa = shift_right_sticky(p.mantissa, 1 - p.exponent);
        p.exponent = 0;
    }
    const unsigned below = (unsigned)p.mantissa & 7;
    BITS result = p.mantissa >> 3;
    if (p.exponent > 0) result += ((BITS)p.exponent << FRACTION) - HIDDEN;
    if (below > 4 || (below == 4 && (result & 1) != 0)) ++result;  // may carry into the exponent, as it should
    return real_of(sign | result);
}

// Moves the mantissa's first bit to its place.
static struct parts normalize(struct parts p) {
    if (p.mantissa == 0) return p;
    const int shift = leading_zeros(p.mantissa) - (WIDTH - 1 - FRACTION - 3);
    p.exponent -= shift;
    p.mantissa = shift >= 0 ? p.mantissa << shift : shift_right_sticky(p.mantissa, -shift);
    return p;
}

REAL CALL(__add, 3)(REAL a, REAL b);
REAL CALL(__sub, 3)(REAL a, REAL b);
REAL CALL(__mul, 3)(REAL a, REAL b);
REAL CALL(__div, 3)(REAL a, REAL b);
REAL CALL(__neg, 2)(REAL a);
int CALL(__eq, 2)(REAL a, REAL b);
int CALL(__ne, 2)(REAL a, REAL b);
int CALL(__lt, 2)(REAL a, REAL b);
int CALL(__le, 2)(REAL a, REAL b);
int CALL(__gt, 2)(REAL a, REAL b);
int CALL(__ge, 2)(REAL a, REAL b);
int CALL(__unord, 2)(REAL a, REAL b);

REAL CALL(__add, 3)(REAL left, REAL right) {
    const BITS a = bits_of(left), b = bits_of(right);
    if (is_nan(a) || is_nan(b)) return real_of(NOT_A_NUMBER);
    if (is_infinite(a)) return is_infinite(b) && a != b ? real_of(NOT_A_NUMBER) : left;
    if (is_infinite(b)) return right;
    if (magnitude(b) == 0) return magnitude(a) == 0 ? real_of(a & b) : left;
    if (magnitude(a) == 0) return right;
    struct parts large = take_apart(a), small = take_apart(b);
    if (magnitude(a) < magnitude(b)) {
        const struct parts kept = large;
        large = small;
        small = kept;
    }
    small.mantissa = shift_right_sticky(small.mantissa, large.exponent - small.exponent);
    if (large.negative == small.negative) {
        large.mantissa += small.mantissa;
    } else {
        large.mantissa -= small.mantissa;
        if (large.mantissa == 0) return 0;
    }
    return put_together(normalize(large));
}

REAL CALL(__sub, 3)(REAL a, REAL b) { return CALL(__add, 3)(a, real_of(bits_of(b) ^ SIGN)); }
REAL CALL(__neg, 2)(REAL a) { return real_of(bits_of(a) ^ SIGN); }

REAL CALL(__mul, 3)(REAL left, REAL right) {
    const BITS a = bits_of(left), b = bits_of(right), sign = (a ^ b) & SIGN;
    if (is_nan(a) || is_nan(b)) return real_of(NOT_A_NUMBER);
    if (is_infinite(a) || is_infinite(b)) {
        return real_of(magnitude(a) == 0 || magnitude(b) == 0 ? NOT_A_NUMBER : sign | INFINITE);
    }
    const struct parts x = take_apart(a), y = take_apart(b);
    if (x.mantissa == 0 || y.mantissa == 0) return real_of(sign);
    // Both first bits at the top: the product's is at the top of the upper half, or one below.
    BITS high, low;
    multiply_wide(x.mantissa << (WIDTH - FRACTION - 4), y.mantissa << (WIDTH - FRACTION - 4), &high, &low);
    const struct parts product = {sign != 0, x.exponent + y.exponent - BIAS - WIDTH + FRACTION + 5, high | (low != 0)};
    return put_together(normalize(product));
}

// Long division, a binary digit at a time.
REAL CALL(__div, 3)(REAL left, REAL right) {
    const BITS a = bits_of(left), b = bits_of(right), sign = (a ^ b) & SIGN;
    if (is_nan(a) || is_nan(b) || (is_infinite(a) && is_infinite(b))) return real_of(NOT_A_NUMBER);
    if (is_infinite(a)) return real_of(sign | INFINITE);
    if (is_infinite(b)) return real_of(sign);
    const struct parts x = take_apart(a), y = take_apart(b);
    if (y.mantissa == 0) return real_of(x.mantissa == 0 ? NOT_A_NUMBER : sign | INFINITE);
    if (x.mantissa == 0) return real_of(sign);
    BITS rest = x.mantissa >> 3, quotient = 0;
    const BITS divisor = y.mantissa >> 3;
    for (int digit = 0; digit < FRACTION + 5; ++digit) {
        quotient <<= 1;
        if (rest >= divisor) {
            rest -= divisor;
            quotient |= 1;
        }
        rest <<= 1;
    }
    const struct parts result = {sign != 0, x.exponent - y.exponent + BIAS - 1, quotient | (rest != 0)};
    return put_together(normalize(result));
}

// ---- comparison: -1, 0, 1; `unordered` if one is not a number

static int compare(REAL left, REAL right, int unordered) {
    const BITS a = bits_of(left), b = bits_of(right);
    if (is_nan(a) || is_nan(b)) return unordered;
    if (a == b || (magnitude(a) | magnitude(b)) == 0) return 0;
    const bool negative = (a & SIGN) != 0;
    if (negative != ((b & SIGN) != 0)) return negative ? -1 : 1;
    return (a < b) != negative ? -1 : 1;
}

int CALL(__eq, 2)(REAL a, REAL b) { return compare(a, b, 1); }
int CALL(__ne, 2)(REAL a, REAL b) { return compare(a, b, 1); }
int CALL(__lt, 2)(REAL a, REAL b) { return compare(a, b, 1); }
int CALL(__le, 2)(REAL a, REAL b) { return compare(a, b, 1); }
int CALL(__gt, 2)(REAL a, REAL b) { return compare(a, b, -1); }
int CALL(__ge, 2)(REAL a, REAL b) { return compare(a, b, -1); }
int CALL(__unord, 2)(REAL a, REAL b) { return is_nan(bits_of(a)) || is_nan(bits_of(b)); }

// ---- to and from integers. What does not fit becomes the nearest integer that does; NaN becomes 0.

static uint64_t to_integer(REAL value, uint64_t most_positive, uint64_t most_negative) {
    const BITS bits = bits_of(value);
    const bool negative = (bits & SIGN) != 0;
    const uint64_t most = negative ? most_negative : most_positive;
    const int exponent = (int)(magnitude(bits) >> FRACTION) - BIAS;
    if (is_nan(bits) || exponent < 0) return 0;
    const uint64_t mantissa = (bits & (HIDDEN - 1)) | HIDDEN;
    uint64_t result = most;
    if (exponent < 64) result = exponent > FRACTION ? mantissa << (exponent - FRACTION) : mantissa >> (FRACTION - exponent);
    if (result > most) result = most;
    return negative ? -result : result;
}

static REAL from_integer(uint64_t value, bool negative) {
    if (value == 0) return 0;
    const int first = 63 - __builtin_clzll(value), shift = first - FRACTION - 3;
    uint64_t mantissa = value;
    if (shift < 0) {
        mantissa <<= -shift;
    } else if (shift > 0) {
        mantissa = value >> shift | ((value & ((1ull << shift) - 1)) != 0);
    }
    return put_together((struct parts){negative, BIAS + first, (BITS)mantissa});
}

int32_t CALL(__fix, si)(REAL value);
int64_t CALL(__fix, di)(REAL value);
uint32_t CALL(__fixuns, si)(REAL value);
uint64_t CALL(__fixuns, di)(REAL value);
REAL FROM(si)(int32_t value);
REAL FROM(di)(int64_t value);
REAL FROM(unsi)(uint32_t value);
REAL FROM(undi)(uint64_t value);

int32_t CALL(__fix, si)(REAL value) { return (int32_t)to_integer(value, INT32_MAX, 1ull << 31); }
int64_t CALL(__fix, di)(REAL value) { return (int64_t)to_integer(value, INT64_MAX, 1ull << 63); }
uint32_t CALL(__fixuns, si)(REAL value) { return (uint32_t)to_integer(value, UINT32_MAX, 0); }
uint64_t CALL(__fixuns, di)(REAL value) { return to_integer(value, UINT64_MAX, 0); }
REAL FROM(si)(int32_t value) { return from_integer(value < 0 ? -(uint64_t)value : (uint64_t)value, value < 0); }
REAL FROM(di)(int64_t value) { return from_integer(value < 0 ? -(uint64_t)value : (uint64_t)value, value < 0); }
REAL FROM(unsi)(uint32_t value) { return from_integer(value, false); }
REAL FROM(undi)(uint64_t value) { return from_integer(value, false); }
