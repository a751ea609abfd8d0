#pragma once
// Where old programs look for memcpy.
#include <string.h>
