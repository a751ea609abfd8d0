// mkdir [-p] [-m mode] directory...: makes directories; -p also those above, and does not mind what exists; -m with other
// permissions than usual, in octal.

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
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

static int usage(void) {
    fprintf(stderr, "usage: mkdir [-p] [-m mode] directory...\n");
    return 1;
}

int main(int argc, char *argv[]) {
    bool parents = false, with_mode = false;
    mode_t mode = 0;
    for (int option; (option = getopt(argc, argv, "m:p")) != -1;) {
        char *end = "";
        if (option == 'p') parents = true;
        else if (option == 'm') with_mode = true, mode = (mode_t)strtoul(optarg, &end, 8);
        if (option == '?' || *end != '\0' || mode > 07777) return usage();
    }
    if (optind == argc) return usage();
    int status = 0;
    for (int i = optind; i < argc; ++i) {
        const int failed = parents ? make_with_parents(argv[i]) : make(argv[i], false);
        if (!failed && with_mode) chmod(argv[i], mode);
        status |= failed;
    }
    return status;
}
