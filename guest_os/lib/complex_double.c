#define REAL double
#define MULTIPLY __muldc3
#define DIVIDE __divdc3
#include "complex_arithmetic.h"
