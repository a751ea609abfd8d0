#pragma once
// A line that a person can edit while typing it.
//
//   left right ^B ^F   move            backspace ^H      delete to the left       up down ^P ^N  earlier and later lines
//   home end ^A ^E     to the ends     delete ^D         delete to the right      tab            complete
//   ^U ^K ^W           delete to the begin, to the end, the word before           ^L             a clean screen

#include <stdbool.h>

// NULL at the end of the input (^D on an empty line), and after ^C, which sets *interrupted. The line ends with "\n".
char *edit_line(const char *prompt, bool *interrupted);

// ---- history.c

void remember_line(const char *line);
const char *remembered_line(int back);  // 1: the last one; NULL: there is none

// "!!" and "!text" become the lines that they name. NULL, with a message, if there is none; else from malloc.
char *expand_history(const char *line);
void list_history(void);

// ---- complete.c

struct words;

// The ways to go on with the word that ends at `cursor`; `*start` is where what they replace begins.
void find_completions(const char *line, int cursor, int *start, struct words *found);
