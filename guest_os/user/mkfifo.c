// mkfifo [-m mode] name...: makes pipes that have a name, so that processes that are not related can use them.

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/lines.h"

int main(int argc, char *argv[]) {
    mode_t mode = 0666;
    for (int option; (option = getopt(argc, argv, "m:")) != -1;) {
        char *end = "";
        if (option == 'm') mode = (mode_t)strtoul(optarg, &end, 8);
        if (option != 'm' || *end != '\0' || mode > 0777) {
            fprintf(stderr, "usage: mkfifo [-m octal-mode] name...\n");
            return 1;
        }
    }
    if (optind == argc) fprintf(stderr, "mkfifo: a name is missing\n");
    int status = optind == argc;
    for (int i = optind; i < argc; ++i) {
        if (mkfifo(argv[i], mode) < 0) status = report("mkfifo", argv[i]);
    }
    return status;
}
