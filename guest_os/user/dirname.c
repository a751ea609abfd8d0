// dirname path...: what stands in front of the last slash, "." if there is none.

#include <libgen.h>
#include <unistd.h>

#include "common/lines.h"

int main(int argc, char *argv[]) {
    no_options(argc, argv, "dirname path...", 1);
    if (optind == argc) {
        fprintf(stderr, "usage: dirname path...\n");
        return 1;
    }
    for (int i = optind; i < argc; ++i) puts(dirname(argv[i]));
    return 0;
}
