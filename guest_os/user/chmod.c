// chmod mode file...: changes permissions. A mode is octal (644) or like u+x, go-w, a=r, +x,u=rw.

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/lines.h"

// The permissions after the change; -1 if the text is no mode.
static int change(const char *text, unsigned mode, bool folder) {
    if (text[strspn(text, "01234567")] == '\0' && *text != '\0') return (int)strtol(text, NULL, 8);
    while (*text) {
        unsigned who = 0;
        for (; *text && strchr("ugoa", *text); ++text) {
            who |= *text == 'u' ? 04700 : *text == 'g' ? 02070 : *text == 'o' ? 01007 : 07777;
        }
        const mode_t mask = umask(0);
        umask(mask);
        const unsigned allowed = who != 0 ? who : 07777 & ~mask;
        if (*text == '\0' || !strchr("+-=", *text)) return -1;
        const char op = *text++;
        unsigned bits = 0;
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

int main(int argc, char *argv[]) {
    if (argc < 3) {
        fprintf(stderr, "usage: chmod mode file...\n");
        return 1;
    }
    int status = 0;
    for (int i = 2; i < argc; ++i) {
        struct stat file;
        if (stat(argv[i], &file) < 0) {
            status = report("chmod", argv[i]);
            continue;
        }
        const int mode = change(argv[1], file.st_mode & 07777, S_ISDIR(file.st_mode));
        if (mode < 0) {
            fprintf(stderr, "chmod: invalid mode: '%s'\n", argv[1]);
            return 1;
        }
        if (chmod(argv[i], (mode_t)mode) < 0) status = report("chmod", argv[i]);
    }
    return status;
}
