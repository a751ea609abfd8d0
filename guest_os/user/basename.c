// basename path [suffix]: what stands behind the last slash, without the suffix.

#include <libgen.h>
#include <string.h>
#include <unistd.h>

#include "common/lines.h"

int main(int argc, char *argv[]) {
    no_options(argc, argv, "basename path [suffix]", 1);
    char **const operands = argv + optind;
    const int count = argc - optind;
    if (count < 1 || count > 2) {
        fprintf(stderr, "usage: basename path [suffix]\n");
        return 1;
    }
    char *name = basename(operands[0]);
    if (count == 2) {
        const size_t length = strlen(name), suffix = strlen(operands[1]);
        if (length > suffix && strcmp(name + length - suffix, operands[1]) == 0) name[length - suffix] = '\0';
    }
    puts(name);
    return 0;
}
