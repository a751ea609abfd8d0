#pragma once
// Regular expressions, for grep, expr and ed:
//   .  any character      *  the one before, any number of times     ^  $  begin and end of the line
//   [a-z]  [^a-z]  [[:alpha:]]  one of, none of     \  takes the meaning away
//   \( \)  a group        \{2,5\}  so many times    a line end is an "or", too
//   \+  once or more     \?  once or not at all    \|  or
// and with EXTENDED all of  ( ) { } + ? |  without the backslashes.
//
// Not modelled: what a group has matched, in the pattern (\1); classes such as [[=a=]].

#include <stdbool.h>

enum { EXTENDED = 1, LITERAL = 2, FOLD_CASE = 4 };

// The pattern that the others are about, from now on; false if it is none.
bool choose_pattern(const char *pattern, int flags);

struct match {
    const char *start;  // the first place...
    int length;         // ...and the most that matches there
    const char *group;  // what the first group has matched; NULL: there is none, or nothing
    int group_length;
};

// Looks from `from` on in a line. False: it matches nowhere.
bool find_match(const char *line, const char *from, struct match *match);

// Only at the beginning of the line.
bool match_at_beginning(const char *line, struct match *match);
