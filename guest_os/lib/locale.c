// The one locale that there is.

#include <locale.h>
#include <stddef.h>
#include <string.h>

char *setlocale(int category, const char *locale) {
    static char name[] = "C";
    if (category < LC_CTYPE || category > LC_ALL) return NULL;
    const int known = locale == NULL || *locale == '\0' || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
    return known ? name : NULL;
}

struct lconv *localeconv(void) {
    static struct lconv conventions = {.decimal_point = ".", .thousands_sep = "", .grouping = "", .int_curr_symbol = "",
                                       .currency_symbol = ""};
    return &conventions;
}
