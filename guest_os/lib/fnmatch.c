// Shell patterns:  *  any text   ?  any character   [a-z] [!a-z] [[:alpha:]]  one of these, none of these   \  quotes

#include "character_class.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <string.h>

static int folded(int c, int flags) { return flags & FNM_CASEFOLD ? tolower(c) : c; }

// The set begins behind its "[". Returns where the pattern goes on; NULL if there is no "]": then it is no set.
static const char *match_set(const char *at, int c, int flags, bool *matches) {
    const bool inverted = *at == '!' || *at == '^';
    if (inverted) ++at;
    bool found = false;
    for (bool first = true; *at != ']' || first; first = false) {
        if (*at == '\0') return NULL;
        if (at[0] == '[' && at[1] == ':') {
            const char *end = strstr(at + 2, ":]");
            if (end != NULL) {
                int (*const belongs)(int) = __character_class(at + 2, (size_t)(end - at - 2));
                if (belongs != NULL && belongs(c)) found = true;
                at = end + 2;
                continue;
            }
        }
        if (*at == '\\' && !(flags & FNM_NOESCAPE) && at[1] != '\0') ++at;
        int low = (unsigned char)*at++, high = low;
        if (at[0] == '-' && at[1] != ']' && at[1] != '\0') {
            ++at;
            if (*at == '\\' && !(flags & FNM_NOESCAPE) && at[1] != '\0') ++at;
            high = (unsigned char)*at++;
        }
        if (folded(low, flags) <= folded(c, flags) && folded(c, flags) <= folded(high, flags)) found = true;
    }
    *matches = found != inverted;
    return at + 1;
}

static bool match(const char *pattern, const char *text, const char *whole, int flags);

static bool is_hidden_dot(const char *text, const char *whole, int flags) {
    if (*text != '.' || !(flags & FNM_PERIOD)) return false;
    return text == whole || ((flags & FNM_PATHNAME) && text[-1] == '/');
}

static bool match_star(const char *pattern, const char *text, const char *whole, int flags) {
    while (*pattern == '*') ++pattern;
    if (is_hidden_dot(text, whole, flags)) return false;
    for (;; ++text) {
        if (match(pattern, text, whole, flags)) return true;
        if (*text == '\0' || ((flags & FNM_PATHNAME) && *text == '/')) return false;
    }
}

static bool match(const char *pattern, const char *text, const char *whole, int flags) {
    for (; *pattern; ++text) {
        const int c = (unsigned char)*text;
        const bool wild_may = c != '\0' && !((flags & FNM_PATHNAME) && c == '/') && !is_hidden_dot(text, whole, flags);
        if (*pattern == '*') return match_star(pattern, text, whole, flags);
        if (*pattern == '?') {
            if (!wild_may) return false;
            ++pattern;
            continue;
        }
        if (*pattern == '[') {
            bool matches = false;
            const char *rest = match_set(pattern + 1, c, flags, &matches);
            if (rest != NULL) {
                if (!matches || !wild_may) return false;
                pattern = rest;
                continue;
            }
        }
        if (*pattern == '\\' && !(flags & FNM_NOESCAPE) && pattern[1] != '\0') ++pattern;
        if (c == '\0' || folded((unsigned char)*pattern, flags) != folded(c, flags)) return false;
        ++pattern;
    }
    return *text == '\0';
}

int fnmatch(const char *pattern, const char *text, int flags) {
    return match(pattern, text, text, flags) ? 0 : FNM_NOMATCH;
}
