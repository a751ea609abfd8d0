#pragma once
// One locale: "C".

#define LC_CTYPE 0
#define LC_NUMERIC 1
#define LC_TIME 2
#define LC_COLLATE 3
#define LC_MONETARY 4
#define LC_MESSAGES 5
#define LC_ALL 6

struct lconv {
    char *decimal_point, *thousands_sep, *grouping, *int_curr_symbol, *currency_symbol;
};

char *setlocale(int category, const char *locale);  // null for any other than "C", "POSIX" and "", which is "C"
struct lconv *localeconv(void);
