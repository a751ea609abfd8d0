#pragma once
// What functions of math.h return, and say in errno, for arguments that have no result.

#include <errno.h>
#include <math.h>

static inline double __no_such_value(void) {
    errno = EDOM;
    return NAN;
}

static inline double __too_large(double sign) {
    errno = ERANGE;
    return copysign(HUGE_VAL, sign);
}

static inline double __too_small(void) {
    errno = ERANGE;
    return 0;
}
