#include "account_lines.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int __find_line(const char *path, char *text, size_t size, bool (*fits)(char *line, void *wanted), void *wanted, bool *found) {
    int error = 0;
    *found = false;
    FILE *file = fopen(path, "re");
    if (file == NULL) return errno;
    while (!*found && error == 0 && fgets(text, (int)size, file) != NULL) {
        const bool is_whole = strchr(text, '\n') != NULL || feof(file);
        if (is_whole) *found = fits(text, wanted);
        else error = ERANGE;
    }
    fclose(file);
    return error;
}
