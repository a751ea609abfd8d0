#include "mode.h"

#include <stdlib.h>
#include <string.h>

// What of the mode a clause like ug+x is about: the bits of those it names, 0 if it names nobody.
static unsigned read_who(const char **text) {
    unsigned who = 0;
    for (; **text && strchr("ugoa", **text); ++*text) {
        who |= **text == 'u' ? 04700 : **text == 'g' ? 02070 : **text == 'o' ? 01007 : 07777;
    }
    return who;
}

// The bits that r, w, x and their like stand for, or those that another has: g=u.
static unsigned read_bits(const char **text, unsigned mode, bool folder) {
    unsigned bits = 0;
    if (**text && strchr("ugo", **text)) {
        bits = (mode >> (**text == 'u' ? 6 : **text == 'g' ? 3 : 0) & 7) * 0111;
        ++*text;
        return bits;
    }
    for (; **text && strchr("rwxXst", **text); ++*text) {
        if (**text == 'r') bits |= 0444;
        if (**text == 'w') bits |= 0222;
        if (**text == 'x' || (**text == 'X' && (folder || (mode & 0111) != 0))) bits |= 0111;
        if (**text == 's') bits |= 06000;
        if (**text == 't') bits |= 01000;
    }
    return bits;
}

int change_mode(const char *text, unsigned mode, unsigned for_nobody, bool folder) {
    if (text[strspn(text, "01234567")] == '\0' && *text != '\0') {
        const unsigned long octal = strtoul(text, NULL, 8);
        return octal <= 07777 ? (int)octal : -1;
    }
    while (*text) {
        const unsigned who = read_who(&text);
        if (*text == '\0' || !strchr("+-=", *text)) return -1;
        while (*text && strchr("+-=", *text)) {  // u=rw+x
            const char operation = *text++;
            const unsigned bits = read_bits(&text, mode, folder) & (who != 0 ? who : for_nobody);
            // A folder keeps what makes its files another's, unless that is named.
            const unsigned kept = (who != 0 ? ~who : 0) | (folder ? 06000 & ~bits : 0);
            if (operation == '+') mode |= bits;
            else if (operation == '-') mode &= ~bits;
            else mode = (mode & kept) | bits;
        }
        if (*text != '\0' && (*text++ != ',' || *text == '\0')) return -1;
    }
    return (int)(mode & 07777);
}
