#define REAL float
#define MULTIPLY __mulsc3
#define DIVIDE __divsc3
#include "complex_arithmetic.h"
