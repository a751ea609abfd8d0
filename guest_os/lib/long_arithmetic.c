// What clang calls for 64-bit arithmetic that takes more than a few instructions on a 32-bit machine. The names and
// types are the compiler's; nobody calls these by hand.

#include <stdint.h>

typedef union {
    uint64_t whole;
    struct {
        uint32_t low, high;  // little-endian
    };
} Halves;

uint64_t __ashldi3(uint64_t value, int count);
uint64_t __lshrdi3(uint64_t value, int count);
int64_t __ashrdi3(int64_t value, int count);
uint64_t __muldi3(uint64_t a, uint64_t b);
uint64_t __udivmoddi4(uint64_t dividend, uint64_t divisor, uint64_t *remainder);
uint64_t __udivdi3(uint64_t dividend, uint64_t divisor);
uint64_t __umoddi3(uint64_t dividend, uint64_t divisor);
int64_t __divdi3(int64_t dividend, int64_t divisor);
int64_t __moddi3(int64_t dividend, int64_t divisor);
int __clzsi2(uint32_t value);
int __clzdi2(uint64_t value);
int __ctzsi2(uint32_t value);
int __ctzdi2(uint64_t value);
int __popcountsi2(uint32_t value);
int __popcountdi2(uint64_t value);
uint32_t __bswapsi2(uint32_t value);
uint64_t __bswapdi2(uint64_t value);

uint64_t __ashldi3(uint64_t value, int count) {
    const Halves in = {value};
    Halves out = in;
    if (count >= 32) {
        out.high = in.low << (count - 32);
        out.low = 0;
    } else if (count > 0) {
        out.high = in.high << count | in.low >> (32 - count);
        out.low = in.low << count;
    }
    return out.whole;
}

uint64_t __lshrdi3(uint64_t value, int count) {
    const Halves in = {value};
    Halves out = in;
    if (count >= 32) {
        out.low = in.high >> (count - 32);
        out.high = 0;
    } else if (count > 0) {
        out.low = in.low >> count | in.high << (32 - count);
        out.high = in.high >> count;
    }
    return out.whole;
}

int64_t __ashrdi3(int64_t value, int count) {
    const Halves in = {(uint64_t)value};
    Halves out = in;
    if (count >= 32) {
        out.low = (uint32_t)((int32_t)in.high >> (count - 32));
        out.high = (uint32_t)((int32_t)in.high >> 31);
    } else if (count > 0) {
        out.low = in.low >> count | in.high << (32 - count);
        out.high = (uint32_t)((int32_t)in.high >> count);
    }
    return (int64_t)out.whole;
}

// Schoolbook multiplication with digits of 32 bits; the product of the two high digits is above bit 63.
uint64_t __muldi3(uint64_t a, uint64_t b) {
    const Halves x = {a}, y = {b};
    Halves product = {(uint64_t)x.low * y.low};
    product.high += x.low * y.high + x.high * y.low;
    return product.whole;
}

// Long division by hand, one binary digit at a time, starting where the divisor's first digit meets the dividend's.
uint64_t __udivmoddi4(uint64_t dividend, uint64_t divisor, uint64_t *remainder) {
    const Halves n = {dividend}, d = {divisor};
    if (n.high == 0 && d.high == 0) {
        if (remainder) *remainder = n.low % d.low;
        return n.low / d.low;
    }
    if (divisor > dividend || divisor == 0) {
        if (remainder) *remainder = dividend;
        return divisor == 0 ? UINT64_MAX : 0;
    }
    uint64_t quotient = 0;
    for (int shift = __clzdi2(divisor) - __clzdi2(dividend); shift >= 0; --shift) {
        const uint64_t part = __ashldi3(divisor, shift);
        if (dividend >= part) {
            dividend -= part;
            quotient |= __ashldi3(1, shift);
        }
    }
    if (remainder) *remainder = dividend;
    return quotient;
}

uint64_t __udivdi3(uint64_t dividend, uint64_t divisor) { return __udivmoddi4(dividend, divisor, 0); }

uint64_t __umoddi3(uint64_t dividend, uint64_t divisor) {
    uint64_t remainder;
    __udivmoddi4(dividend, divisor, &remainder);
    return remainder;
}

static uint64_t magnitude(int64_t value) { return value < 0 ? -(uint64_t)value : (uint64_t)value; }

int64_t __divdi3(int64_t dividend, int64_t divisor) {
    const uint64_t quotient = __udivmoddi4(magnitude(dividend), magnitude(divisor), 0);
    return (int64_t)((dividend < 0) != (divisor < 0) ? -quotient : quotient);
}

int64_t __moddi3(int64_t dividend, int64_t divisor) {
    uint64_t remainder;
    __udivmoddi4(magnitude(dividend), magnitude(divisor), &remainder);
    return (int64_t)(dividend < 0 ? -remainder : remainder);
}

// Halving the range in which the highest bit is looked for: 16, 8, 4, 2, 1.
int __clzsi2(uint32_t value) {
    if (value == 0) return 32;
    int count = 0;
    for (int step = 16; step > 0; step /= 2) {
        if (value >> (32 - step) == 0) {
            count += step;
            value <<= step;
        }
    }
    return count;
}

int __clzdi2(uint64_t value) {
    const Halves v = {value};
    return v.high != 0 ? __clzsi2(v.high) : 32 + __clzsi2(v.low);
}

int __ctzsi2(uint32_t value) { return value == 0 ? 32 : 31 - __clzsi2(value & -value); }

int __ctzdi2(uint64_t value) {
    const Halves v = {value};
    return v.low != 0 ? __ctzsi2(v.low) : 32 + __ctzsi2(v.high);
}

int __popcountsi2(uint32_t value) {
    int count = 0;
    for (; value != 0; value &= value - 1) ++count;
    return count;
}

int __popcountdi2(uint64_t value) {
    const Halves v = {value};
    return __popcountsi2(v.low) + __popcountsi2(v.high);
}

uint32_t __bswapsi2(uint32_t value) {
    return value << 24 | (value & 0xFF00) << 8 | (value >> 8 & 0xFF00) | value >> 24;
}

uint64_t __bswapdi2(uint64_t value) {
    const Halves in = {value};
    Halves out;
    out.low = __bswapsi2(in.high);
    out.high = __bswapsi2(in.low);
    return out.whole;
}
