// ln [-fs] target name, ln [-fs] target... directory: gives a file another name; with -s, makes a symbolic link, which only
// says where to look. -f: what has that name loses it.

#include <stdio.h>
#include <unistd.h>

#include "common/files.h"

static bool symbolic, by_force;

static int make(const char *target, const char *name) {
    if (by_force) unlink(name);
    if ((symbolic ? symlink : link)(target, name) == 0) return 0;
    fprintf(stderr, "ln: failed to create %slink '%s': ", symbolic ? "symbolic " : "", name);
    perror(NULL);
    return 1;
}

int main(int argc, char *argv[]) {
    bool wrong = false;
    for (int option; (option = getopt(argc, argv, "fs")) != -1;) {
        if (option == 'f') by_force = true;
        else if (option == 's') symbolic = true;
        else wrong = true;
    }
    const int result = wrong ? -1 : for_each_target("ln", argv + optind, argc - optind, make);
    if (result < 0) fprintf(stderr, "usage: ln [-fs] target name, or ln [-fs] target... directory\n");
    return result != 0;
}
