#include "decimal.h"

#include <string.h>

static void trim(struct decimal *d) {
    while (d->first < d->end && d->groups[d->first] == 0) ++d->first;
    while (d->end > d->first && d->groups[d->end - 1] == 0) --d->end;
}

// Times 2^shift, shift <= 16: from the last group to the first, with a carry.
static void shift_left(struct decimal *d, int shift) {
    uint32_t carry = 0;
    for (int i = d->end - 1; i >= d->first || carry != 0; --i) {
        const uint32_t value = ((uint32_t)(i >= d->first ? d->groups[i] : 0) << shift) + carry;
        carry = value / GROUP_RANGE;
        d->groups[i] = (uint16_t)(value % GROUP_RANGE);
        if (i < d->first) d->first = i;
    }
    trim(d);
}

// Divided by 2^shift: from the first group to the last, with a remainder that continues behind the last one.
static void shift_right(struct decimal *d, int shift) {
    const uint32_t mask = (1u << shift) - 1;
    uint32_t rest = 0;
    for (int i = d->first; i < d->end || rest != 0; ++i) {
        if (i == DECIMAL_GROUPS) {  // more digits than any double has: all that matters is that something is there
            d->groups[i - 1] |= 1;
            break;
        }
        const uint32_t value = rest * GROUP_RANGE + (i < d->end ? d->groups[i] : 0);
        d->groups[i] = (uint16_t)(value >> shift);
        rest = value & mask;
        if (i >= d->end) d->end = i + 1;
    }
    trim(d);
}

void __decimal_scale(struct decimal *d, int exponent) {
    while (exponent != 0) {
        const int size = exponent > 0 ? exponent : -exponent, step = size < 16 ? size : 16;
        if (exponent > 0) {
            shift_left(d, step);
            exponent -= step;
        } else {
            shift_right(d, step);
            exponent += step;
        }
    }
}

static void add_at_point(struct decimal *d, uint32_t small) {
    for (int i = DECIMAL_POINT - 1; small != 0; --i) {
        if (i < d->first) d->first = i;
        const uint32_t value = d->groups[i] + small;
        d->groups[i] = (uint16_t)(value % GROUP_RANGE);
        small = value / GROUP_RANGE;
    }
    if (d->first < DECIMAL_POINT && d->end < DECIMAL_POINT) d->end = DECIMAL_POINT;
}

// 16 bits at a time, the highest first.
void __decimal_from_integer(struct decimal *d, uint64_t value) {
    memset(d, 0, sizeof *d);
    d->first = d->end = DECIMAL_POINT;
    for (int shift = 48; shift >= 0; shift -= 16) {
        shift_left(d, 16);
        add_at_point(d, (uint32_t)(value >> shift) & 0xFFFF);
    }
    trim(d);
}

uint64_t __decimal_integer_part(const struct decimal *d) {
    uint64_t value = 0;
    for (int i = d->first; i < DECIMAL_POINT; ++i) value = value * GROUP_RANGE + d->groups[i];
    return value;
}

bool __decimal_has_fraction(const struct decimal *d) { return d->end > DECIMAL_POINT; }

static const uint16_t powers[DIGITS_PER_GROUP] = {1, 10, 100, 1000};

// Which group the digit with that power of ten is in, and where.
static int group_of(int power) {
    return power >= 0 ? DECIMAL_POINT - 1 - power / DIGITS_PER_GROUP : DECIMAL_POINT + (-power - 1) / DIGITS_PER_GROUP;
}

static uint16_t weight_of(int power) {
    return powers[power >= 0 ? power % DIGITS_PER_GROUP : DIGITS_PER_GROUP - 1 - (-power - 1) % DIGITS_PER_GROUP];
}

int __decimal_exponent(const struct decimal *d) {
    if (d->first >= d->end) return 0;
    int power = (DECIMAL_POINT - 1 - d->first) * DIGITS_PER_GROUP;
    for (uint16_t group = d->groups[d->first]; group >= 10; group /= 10) ++power;
    return power;
}

int __decimal_digit(const struct decimal *d, int power) {
    const int group = group_of(power);
    if (group < d->first || group >= d->end) return 0;
    return d->groups[group] / weight_of(power) % 10;
}

void __decimal_put_digit(struct decimal *d, int power, int digit) {
    const int group = group_of(power);
    d->groups[group] = (uint16_t)(d->groups[group] + digit * weight_of(power));
    if (d->first == d->end) d->first = d->end = group;
    if (group < d->first) d->first = group;
    if (group >= d->end) d->end = group + 1;
}

static void add_unit(struct decimal *d, int power) {
    uint32_t carry = weight_of(power);
    for (int i = group_of(power); carry != 0; --i) {
        if (i < d->first) d->first = i;
        if (i >= d->end) d->end = i + 1;
        const uint32_t value = d->groups[i] + carry;
        d->groups[i] = (uint16_t)(value % GROUP_RANGE);
        carry = value / GROUP_RANGE;
    }
}

void __decimal_round(struct decimal *d, int power) {
    const int group = group_of(power);
    if (group >= d->end || group < 0) return;
    // Below the digit: more than half, exactly half or less?
    const int half = __decimal_digit(d, power - 1);
    bool more = false;
    const int half_group = group_of(power - 1);
    for (int i = half_group + 1; i < d->end && !more; ++i) more = i >= d->first && d->groups[i] != 0;
    if (half_group >= d->first && half_group < d->end && d->groups[half_group] % weight_of(power - 1) != 0) more = true;
    const bool odd = __decimal_digit(d, power) % 2 != 0;
    // What is below goes.
    for (int i = group + 1 > d->first ? group + 1 : d->first; i < d->end; ++i) d->groups[i] = 0;
    if (group >= d->first) d->groups[group] = (uint16_t)(d->groups[group] - d->groups[group] % weight_of(power));
    if (group < d->first) d->first = d->end = group;
    else d->end = group + 1;
    if (half > 5 || (half == 5 && (more || odd))) add_unit(d, power);
    trim(d);
}
