// Multiplication and division of complex numbers, as clang calls them by name. Compiled for each type of real numbers; the
// includer defines REAL, MULTIPLY and DIVIDE as the routines' names, and a WIDE type to divide in, with its least normal
// number.
//
// The rules of C's annex G: where the plain formula gives NaN though a factor is infinite, the product is infinite; a
// division squares nothing, since squares overflow or vanish.

#include <math.h>
#include <stdbool.h>

_Complex REAL MULTIPLY(REAL a, REAL b, REAL c, REAL d);
_Complex REAL DIVIDE(REAL a, REAL b, REAL c, REAL d);

static _Complex REAL make(REAL real, REAL imaginary) {
    union {
        REAL parts[2];
        _Complex REAL whole;
    } u = {{real, imaginary}};
    return u.whole;
}

static bool boxed(REAL *x, REAL *y) {  // an infinite number becomes one of 1 and 0; NaN becomes 0
    if (!isinf(*x) && !isinf(*y)) return false;
    *x = (REAL)copysign(isinf(*x) ? 1 : 0, *x);
    *y = (REAL)copysign(isinf(*y) ? 1 : 0, *y);
    return true;
}

static void no_nan(REAL *x, REAL *y) {
    if (isnan(*x)) *x = (REAL)copysign(0, *x);
    if (isnan(*y)) *y = (REAL)copysign(0, *y);
}

_Complex REAL MULTIPLY(REAL a, REAL b, REAL c, REAL d) {
    REAL ac = a * c, bd = b * d, ad = a * d, bc = b * c, x = ac - bd, y = ad + bc;
    if (!isnan(x) || !isnan(y)) return make(x, y);
    bool infinite = false;
    if (boxed(&a, &b)) {
        no_nan(&c, &d);
        infinite = true;
    }
    if (boxed(&c, &d)) {
        no_nan(&a, &b);
        infinite = true;
    }
    if (!infinite && (isinf(ac) || isinf(bd) || isinf(ad) || isinf(bc))) {
        no_nan(&a, &b);
        no_nan(&c, &d);
        infinite = true;
    }
    if (!infinite) return make(x, y);
    return make((REAL)INFINITY * (a * c - b * d), (REAL)INFINITY * (a * d + b * c));
}

static WIDE size_of(WIDE x) { return x < 0 ? -x : x; }

// (a + bi) / (c + di) where |c| >= |d|: both are divided by c first, which makes no number that is out of range. Where d/c
// itself has lost its last bits, the products are taken in another order.
static void divide_by_larger(WIDE a, WIDE b, WIDE c, WIDE d, WIDE *x, WIDE *y) {
    const WIDE ratio = d / c, norm = c + d * ratio;
    if (size_of(ratio) > LEAST_WIDE) {
        *x = (a + b * ratio) / norm;
        *y = (b - a * ratio) / norm;
    } else {
        *x = (a + d * (b / c)) / norm;
        *y = (b - d * (a / c)) / norm;
    }
}

static void divide(WIDE a, WIDE b, WIDE c, WIDE d, WIDE *x, WIDE *y) {
    if (size_of(c) >= size_of(d)) {
        divide_by_larger(a, b, c, d, x, y);
    } else {  // both times -i
        divide_by_larger(b, -a, d, -c, x, y);
    }
}

_Complex REAL DIVIDE(REAL a, REAL b, REAL c, REAL d) {
    WIDE x, y;
    divide(a, b, c, d, &x, &y);
    if (x == x || y == y) return make((REAL)x, (REAL)y);
    if (c == 0 && d == 0 && (!isnan(a) || !isnan(b))) {
        x = (WIDE)copysign(INFINITY, c) * a;
        y = (WIDE)copysign(INFINITY, c) * b;
    } else if ((isinf(a) || isinf(b)) && isfinite(c) && isfinite(d)) {
        boxed(&a, &b);
        x = (WIDE)INFINITY * (a * c + b * d);
        y = (WIDE)INFINITY * (b * c - a * d);
    } else if ((isinf(c) || isinf(d)) && isfinite(a) && isfinite(b)) {
        boxed(&c, &d);
        x = 0 * (a * c + b * d);
        y = 0 * (b * c - a * d);
    }
    return make((REAL)x, (REAL)y);
}
