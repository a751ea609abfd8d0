#pragma once
// Exact decimal fractions, for the way between binary numbers and decimal text. Every double is one, with up to 309
// digits in front of the point and 1,074 behind it.
//
//   groups[]   0 0 0 1234 5678 | 9012 3400 0 0 ...       four digits each
//                    first     ^ POINT      end

#include <stdbool.h>
#include <stdint.h>

enum {
    DECIMAL_POINT = 90,    // groups in front of the point
    DECIMAL_GROUPS = 560,  // all
    DIGITS_PER_GROUP = 4,
    GROUP_RANGE = 10000,
};

struct decimal {
    int first, end;  // of the groups that are not 0; first may lie behind the point
    uint16_t groups[DECIMAL_GROUPS];
};

void __decimal_from_integer(struct decimal *d, uint64_t value);
void __decimal_scale(struct decimal *d, int exponent);  // times 2^exponent, exactly
uint64_t __decimal_integer_part(const struct decimal *d);
bool __decimal_has_fraction(const struct decimal *d);

// The power of ten of the first digit that is not 0: 0 for 5, 2 for 123, -1 for 0.5. 0 for zero.
int __decimal_exponent(const struct decimal *d);
// The digit with that power of ten.
int __decimal_digit(const struct decimal *d, int power);
// Rounds to a multiple of 10^power, half to even.
void __decimal_round(struct decimal *d, int power);
// Adds digit * 10^power, where the decimal has a 0.
void __decimal_put_digit(struct decimal *d, int power, int digit);
