#pragma once
// Floating point for printf: %e %f %g %a.

#include <stdbool.h>

struct float_format {
    char conversion;  // one of eEfFgGaA
    int precision;    // -1: none given
    bool alternate;   // #: the point stays
};

// A piece of the text: digits as they stand, or a run of zeros. Longest first piece: 310 digits in front of the point.
enum { FLOAT_TEXT_MAX = 1500 };

// The magnitude's text without sign, in `text`. Zeros beyond the digits that a double can have are not in it: their
// number is returned through `zeros`, and their place is `*zeros_at`.
int __format_float(char text[FLOAT_TEXT_MAX], double magnitude, const struct float_format *format, int *zeros,
                   int *zeros_at);
