#pragma once
// What filters have in common: each named file, or the input, is treated in turn.

#include <stdio.h>

// Calls `treat` for each file, "-" being standard input; without names for standard input. A file that cannot be
// opened is reported and counts as a failure. Returns 0, or 1 if anything failed.
int for_each_file(const char *program, char *names[], int count, int (*treat)(FILE *file, const char *name));

// A line without its end, or NULL. The memory is used again.
char *next_line(FILE *file);

// "program: name: reason"; returns 1.
int report(const char *program, const char *name);

// For programs that have no options, but know "--". Another one ends the program, with its usage and `status`.
void no_options(int argc, char *argv[], const char *usage, int status);

// A number that is an option's or operand's value; ends the program with `status` if it is none.
long number_or_exit(const char *program, const char *text, int status);
long long large_number_or_exit(const char *program, const char *text, int status);
