#include <float.h>

#define REAL double
#define WIDE long double
#define LEAST_WIDE LDBL_MIN
#define MULTIPLY __muldc3
#define DIVIDE __divdc3
#include "complex_arithmetic.h"
