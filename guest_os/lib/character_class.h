#pragma once
// The classes of characters that stand in patterns as [:alpha:].

#include <stddef.h>

// The function of ctype.h for the class with that name; NULL: there is none.
int (*__character_class(const char *name, size_t length))(int c);
