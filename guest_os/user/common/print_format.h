#pragma once
// printf(1) and the escapes of echo, to standard output.

#include <stdbool.h>

enum octal { ZERO_BEFORE_OCTAL, OCTAL };  // \0101 of echo and %b, or \101 of a format

// Prints the text with \n and its like replaced; false if \c said to stop.
bool print_escapes(const char *text, enum octal octal);

int print_formatted(int argc, char **argv);  // argv[0] is the command's name; the exit status
