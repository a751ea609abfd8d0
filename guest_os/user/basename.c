// basename path [suffix]: what stands behind the last slash, without the suffix.

#include <libgen.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char *argv[]) {
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: basename path [suffix]\n");
        return 1;
    }
    char *name = basename(argv[1]);
    if (argc == 3) {
        const size_t length = strlen(name), suffix = strlen(argv[2]);
        if (length > suffix && strcmp(name + length - suffix, argv[2]) == 0) name[length - suffix] = '\0';
    }
    puts(name);
    return 0;
}
