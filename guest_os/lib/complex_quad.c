#include <float.h>

#define REAL long double
#define WIDE long double
#define LEAST_WIDE LDBL_MIN
#define MULTIPLY __multc3
#define DIVIDE __divtc3
#include "complex_arithmetic.h"
