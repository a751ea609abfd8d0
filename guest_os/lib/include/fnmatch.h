#pragma once

#define FNM_NOMATCH 1
#define FNM_PATHNAME 1     // "*" and "?" do not match a "/"
#define FNM_NOESCAPE 2     // a backslash is a character like others
#define FNM_PERIOD 4       // a dot at the beginning is matched by a dot only
#define FNM_CASEFOLD 16    // "a" matches "A"

int fnmatch(const char *pattern, const char *text, int flags);  // 0: matches
