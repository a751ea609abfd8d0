// cmp [-ls] file1 file2: the first place where two files differ; -l all of them, with both bytes in octal; -s says nothing.
// 0: there is none, 1: there is one, 2: trouble.

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "common/lines.h"

int main(int argc, char *argv[]) {
    bool silent = false, all = false, differ = false;
    for (int option; (option = getopt(argc, argv, "ls")) != -1;) {
        if (option == 's') silent = true;
        else if (option == 'l') all = true;
        else argc = 0;
    }
    if (argc - optind != 2) {
        fprintf(stderr, "usage: cmp [-ls] file1 file2\n");
        return 2;
    }
    FILE *files[2];
    for (int i = 0; i < 2; ++i) {
        const char *name = argv[optind + i];
        files[i] = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
        if (files[i] == NULL) return report("cmp", name) + 1;
    }
    for (long byte = 1, line = 1;; ++byte) {
        const int a = fgetc(files[0]), b = fgetc(files[1]);
        if (a == EOF && b == EOF) return differ;
        if (a == EOF || b == EOF) {
            if (!silent) fprintf(stderr, "cmp: EOF on %s after byte %ld\n", argv[optind + (b == EOF)], byte - 1);
            return 1;
        }
        if (a != b && all) {
            printf("%ld %3o %3o\n", byte, (unsigned)a, (unsigned)b);
            differ = true;
        } else if (a != b) {
            if (!silent) printf("%s %s differ: char %ld, line %ld\n", argv[optind], argv[optind + 1], byte, line);
            return 1;
        }
        if (a == '\n') ++line;
    }
}
