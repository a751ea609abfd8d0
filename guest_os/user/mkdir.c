// mkdir [-p] directory...: makes directories; -p also those above, and does not mind what exists.

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int make(const char *path, bool existing_is_fine) {
    if (mkdir(path, 0777) == 0 || (existing_is_fine && errno == EEXIST)) return 0;
    fprintf(stderr, "mkdir: cannot create directory '%s': ", path);
    perror(NULL);
    return 1;
}

static int make_with_parents(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        const int status = make(path, true);
        *slash = '/';
        if (status != 0) return status;
    }
    return make(path, true);
}

int main(int argc, char *argv[]) {
    bool parents = false;
    for (int option; (option = getopt(argc, argv, "p")) != -1;) {
        if (option != 'p') return 1;
        parents = true;
    }
    if (optind == argc) {
        fprintf(stderr, "usage: mkdir [-p] directory...\n");
        return 1;
    }
    int status = 0;
    for (int i = optind; i < argc; ++i) status |= parents ? make_with_parents(argv[i]) : make(argv[i], false);
    return status;
}
