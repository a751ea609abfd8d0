// rmdir [-p] directory...: removes empty directories; -p also those above, as long as they are empty.

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int remove_directory(const char *path) {
    if (rmdir(path) == 0) return 0;
    fprintf(stderr, "rmdir: failed to remove '%s': ", path);
    perror(NULL);
    return 1;
}

static int remove_with_parents(char *path) {
    int status = remove_directory(path);
    for (char *slash; status == 0 && (slash = strrchr(path, '/')) != NULL && slash != path;) {
        *slash = '\0';
        status = remove_directory(path);
    }
    return status;
}

static int usage(void) {
    fprintf(stderr, "usage: rmdir [-p] directory...\n");
    return 1;
}

int main(int argc, char *argv[]) {
    bool parents = false;
    for (int option; (option = getopt(argc, argv, "p")) != -1;) {
        if (option == '?') return usage();
        parents = true;
    }
    if (optind == argc) return usage();
    int status = 0;
    for (int i = optind; i < argc; ++i) status |= parents ? remove_with_parents(argv[i]) : remove_directory(argv[i]);
    return status;
}
