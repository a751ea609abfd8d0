// ln [-fs] target name, ln [-fs] target... directory: gives a file another name; with -s, makes a symbolic link, which only
// says where to look. -f: what has that name loses it.

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool symbolic, by_force;

static const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static int make(const char *target, const char *name) {
    if (by_force) unlink(name);
    if ((symbolic ? symlink : link)(target, name) == 0) return 0;
    fprintf(stderr, "ln: failed to create %slink '%s': ", symbolic ? "symbolic " : "", name);
    perror(NULL);
    return 1;
}

int main(int argc, char *argv[]) {
    for (int option; (option = getopt(argc, argv, "fs")) != -1;) {
        if (option == 'f') by_force = true;
        else if (option == 's') symbolic = true;
        else return 1;
    }
    char **const operands = argv + optind;
    const int count = argc - optind;
    struct stat status;
    const bool into_directory = count > 0 && stat(operands[count - 1], &status) == 0 && S_ISDIR(status.st_mode);
    if (count < 2 || (count > 2 && !into_directory)) {
        fprintf(stderr, "usage: ln [-fs] target name, or ln [-fs] target... directory\n");
        return 1;
    }
    int result = 0;
    for (int i = 0; i < count - 1; ++i) {
        char name[512];
        snprintf(name, sizeof name, into_directory ? "%s/%s" : "%s", operands[count - 1], last_part(operands[i]));
        result |= make(operands[i], name);
    }
    return result;
}
