// A pattern becomes the sorted names of the files that it describes; if there are none, it stays as it was written.

#include <glob.h>
#include <string.h>

#include "shell.h"

void expand_glob(struct words *result, char *pattern, char *text) {
    glob_t found = {0};
    if (strpbrk(pattern, "*?[") == NULL || glob(pattern, 0, NULL, &found) != 0) {
        add_word(result, text);
    } else {
        for (size_t i = 0; i < found.gl_pathc; ++i) add_word(result, get_string(found.gl_pathv[i]));
    }
    globfree(&found);
}
