#pragma once
// Simple regular expressions, for grep, expr and ed:
//   .  any character      *  the one before, any number of times     ^  $  begin and end of the line
//   [a-z]  [^a-z]  one of, none of     \  takes the meaning away
//
// Not modelled: \( \), counts in braces, alternatives.

// Where the pattern matches first, NULL if nowhere; *length is that of the longest match there.
const char *find_pattern(const char *pattern, const char *text, int *length);

// As above, but only at the beginning of the text; -1 if there is no match.
int match_pattern_at(const char *pattern, const char *text);
