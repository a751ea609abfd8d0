#pragma once
// Text to tree.

#include "source.h"
#include "tree.h"

enum parse_result { PARSED, NOTHING_LEFT, SYNTAX_ERROR };

// Reads one complete command (a line, and as many more as it takes) into a tree in the arena. The tree is NULL for an
// empty line. Says what is wrong on standard error.
enum parse_result parse(struct source *source, struct arena *arena, struct node **tree);

// What a name looks like; 0 if there is none at the beginning of the text.
int name_length(const char *text);
bool is_reserved_word(const char *text);
bool is_assignment(const struct word *word);  // name=...
