// dirname path...: what stands in front of the last slash, "." if there is none.

#include <libgen.h>
#include <stdio.h>

int main(int argc, char *argv[]) {
    if (argc < 2) {
        fprintf(stderr, "usage: dirname path...\n");
        return 1;
    }
    for (int i = 1; i < argc; ++i) puts(dirname(argv[i]));
    return 0;
}
