// Multiplication and division of complex numbers, as clang calls them by name. Compiled for float and for double; the
// includer defines REAL, and MULTIPLY, DIVIDE as the routines' names.
//
// The rules of C's annex G: where the plain formula gives NaN though a factor is infinite, the product is infinite; a
// division is scaled, so that squares neither overflow nor vanish.

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

_Complex REAL DIVIDE(REAL a, REAL b, REAL c, REAL d) {
    int scale = 0;
    const double size = fmax(fabs((double)c), fabs((double)d));
    if (isfinite(size) && size != 0) {
        scale = ilogb(size);
        c = (REAL)scalbn(c, -scale);
        d = (REAL)scalbn(d, -scale);
    }
    const REAL norm = c * c + d * d;
    REAL x = (REAL)scalbn((a * c + b * d) / norm, -scale), y = (REAL)scalbn((b * c - a * d) / norm, -scale);
    if (!isnan(x) || !isnan(y)) return make(x, y);
    if (norm == 0 && (!isnan(a) || !isnan(b))) {
        x = (REAL)copysign(INFINITY, c) * a;
        y = (REAL)copysign(INFINITY, c) * b;
    } else if ((isinf(a) || isinf(b)) && isfinite(c) && isfinite(d)) {
        boxed(&a, &b);
        x = (REAL)INFINITY * (a * c + b * d);
        y = (REAL)INFINITY * (b * c - a * d);
    } else if (isinf(size) && isfinite(a) && isfinite(b)) {
        boxed(&c, &d);
        x = 0 * (a * c + b * d);
        y = 0 * (b * c - a * d);
    }
    return make(x, y);
}
