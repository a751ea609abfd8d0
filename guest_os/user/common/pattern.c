#include "pattern.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

// How long the pattern's first element is: "a", "\*", "[...]".
static int element_length(const char *pattern) {
    if (pattern[0] == '\\' && pattern[1] != '\0') return 2;
    if (pattern[0] == '[') {
        const char *end = pattern + 1 + (pattern[1] == '^');
        if (*end == ']') ++end;
        end = strchr(end, ']');
        if (end != NULL) return (int)(end - pattern) + 1;
    }
    return 1;
}

static bool in_set(const char *set, int length, char c) {
    const bool inverted = set[1] == '^';
    const char *const end = set + length - 1;
    for (const char *at = set + 1 + inverted; at < end; ++at) {
        char last = *at;
        const char first = *at;
        if (at + 2 < end && at[1] == '-') {
            last = at[2];
            at += 2;
        }
        if (first <= c && c <= last) return !inverted;
    }
    return inverted;
}

static bool element_matches(const char *pattern, int length, char c) {
    if (c == '\0') return false;
    if (length > 2 && pattern[0] == '[') return in_set(pattern, length, c);
    if (length == 2) return pattern[1] == c;
    return pattern[0] == '.' || pattern[0] == c;
}

// How much of the text's beginning the pattern describes; -1: it does not.
int match_pattern_at(const char *pattern, const char *text) {
    if (pattern[0] == '\0') return 0;
    if (pattern[0] == '$' && pattern[1] == '\0') return text[0] == '\0' ? 0 : -1;
    const int length = element_length(pattern);
    if (pattern[length] != '*') {
        if (!element_matches(pattern, length, text[0])) return -1;
        const int rest = match_pattern_at(pattern + length, text + 1);
        return rest < 0 ? -1 : rest + 1;
    }
    int repeated = 0;
    while (element_matches(pattern, length, text[repeated])) ++repeated;
    for (; repeated >= 0; --repeated) {
        const int rest = match_pattern_at(pattern + length + 1, text + repeated);
        if (rest >= 0) return rest + repeated;
    }
    return -1;
}

const char *find_pattern(const char *pattern, const char *text, int *length) {
    const bool anchored = pattern[0] == '^';
    for (const char *at = text;; ++at) {
        *length = match_pattern_at(pattern + anchored, at);
        if (*length >= 0) return at;
        if (anchored || *at == '\0') return NULL;
    }
}
