#include "mode.h"

#include <stdlib.h>
#include <string.h>

int change_mode(const char *text, unsigned mode, unsigned for_nobody, bool folder) {
    if (text[strspn(text, "01234567")] == '\0' && *text != '\0') return (int)strtol(text, NULL, 8);
    while (*text) {
        unsigned who = 0;
        for (; *text && strchr("ugoa", *text); ++text) {
            who |= *text == 'u' ? 04700 : *text == 'g' ? 02070 : *text == 'o' ? 01007 : 07777;
        }
        const unsigned allowed = who != 0 ? who : for_nobody;
        if (*text == '\0' || !strchr("+-=", *text)) return -1;
        const char op = *text++;
        unsigned bits = 0;
        if (*text && strchr("ugo", *text)) {  // as it is for another
            bits = (mode >> (*text == 'u' ? 6 : *text == 'g' ? 3 : 0) & 7) * 0111;
            ++text;
        }
        for (; *text && strchr("rwxXst", *text); ++text) {
            if (*text == 'r') bits |= 0444;
            if (*text == 'w') bits |= 0222;
            if (*text == 'x' || (*text == 'X' && (folder || (mode & 0111) != 0))) bits |= 0111;
            if (*text == 's') bits |= 06000;
            if (*text == 't') bits |= 01000;
        }
        bits &= allowed;
        if (op == '+') mode |= bits;
        else if (op == '-') mode &= ~bits;
        else mode = (mode & ~((who != 0 ? who : 0777) & 0777)) | bits;
        if (*text == ',') ++text;
        else if (*text != '\0') return -1;
    }
    return (int)(mode & 07777);
}
