// mv [-fin] file name, mv [-fin] file... directory: gives files other names; -i asks before another file loses its name, -n
// leaves it.

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/files.h"

static bool ask, never;

// Names of the same file, of which rename would say nothing.
static bool are_same(const char *file, const char *name) {
    struct stat one, other;
    return lstat(file, &one) == 0 && lstat(name, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static int move(const char *file, const char *name) {
    if (are_same(file, name)) {
        fprintf(stderr, "mv: '%s' and '%s' are the same file\n", file, name);
        return 1;
    }
    const bool exists = access(name, F_OK) == 0;
    if (exists && (never || (ask && !confirm("mv: overwrite", name)))) return 0;
    if (rename(file, name) == 0) return 0;
    fprintf(stderr, "mv: cannot move '%s' to '%s': ", file, name);
    perror(NULL);
    return 1;
}

int main(int argc, char *argv[]) {
    bool wrong = false;
    for (int option; (option = getopt(argc, argv, "fin")) != -1;) {
        ask = option == 'i';
        never = option == 'n';
        wrong = wrong || option == '?';
    }
    const int result = wrong ? -1 : for_each_target("mv", argv + optind, argc - optind, move);
    if (result < 0) fprintf(stderr, "usage: mv [-fin] file name, or mv [-fin] file... directory\n");
    return result != 0;
}
