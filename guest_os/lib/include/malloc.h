#pragma once
// Where old programs look for malloc.
#include <stdlib.h>
