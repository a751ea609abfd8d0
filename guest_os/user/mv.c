// mv file name, mv file... directory: gives files other names.

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

int main(int argc, char *argv[]) {
    struct stat status;
    const bool into_directory = argc > 2 && stat(argv[argc - 1], &status) == 0 && S_ISDIR(status.st_mode);
    if (argc < 3 || (argc > 3 && !into_directory)) {
        fprintf(stderr, "usage: mv file name, or mv file... directory\n");
        return 1;
    }
    int result = 0;
    for (int i = 1; i < argc - 1; ++i) {
        char target[512];
        snprintf(target, sizeof target, into_directory ? "%s/%s" : "%s", argv[argc - 1], last_part(argv[i]));
        if (rename(argv[i], target) == 0) continue;
        fprintf(stderr, "mv: cannot move '%s' to '%s': ", argv[i], target);
        perror(NULL);
        result = 1;
    }
    return result;
}
