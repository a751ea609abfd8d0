// touch [-c] file...: makes files that do not exist yet (not with -c), and says of the others that they were changed now.

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>
#include <utime.h>

#include "common/lines.h"

static int touch(const char *path, bool make) {
    if (utime(path, NULL) == 0) return 0;
    if (errno != ENOENT) return report("touch", path);
    const int file = make ? open(path, O_WRONLY | O_CREAT, 0666) : -1;
    if (file >= 0) close(file);
    return make && file < 0 ? report("touch", path) : 0;
}

static int usage(void) {
    fprintf(stderr, "usage: touch [-c] file...\n");
    return 1;
}

int main(int argc, char *argv[]) {
    bool make = true;
    for (int option; (option = getopt(argc, argv, "c")) != -1;) {
        if (option == '?') return usage();
        make = false;
    }
    if (optind == argc) return usage();
    int status = 0;
    for (int i = optind; i < argc; ++i) status |= touch(argv[i], make);
    return status;
}
