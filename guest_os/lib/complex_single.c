#include <float.h>

#define REAL float
#define WIDE double
#define LEAST_WIDE DBL_MIN
#define MULTIPLY __mulsc3
#define DIVIDE __divsc3
#include "complex_arithmetic.h"
