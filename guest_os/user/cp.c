// cp file copy, cp file... directory: copies files.

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int complain(const char *path) {
    fprintf(stderr, "cp: ");
    perror(path);
    return 1;
}

static int copy_bytes(int from, int to, const char *name) {
    char buffer[4096];
    ssize_t count;
    while ((count = read(from, buffer, sizeof buffer)) > 0) {
        if (write(to, buffer, (size_t)count) != count) return complain(name);
    }
    return count < 0 ? complain(name) : 0;
}

static int copy(const char *from_path, const char *to_path) {
    struct stat status;
    const int from = open(from_path, O_RDONLY);
    if (from < 0) return complain(from_path);
    fstat(from, &status);
    const int to = open(to_path, O_WRONLY | O_CREAT | O_TRUNC, status.st_mode & 0777);
    const int result = to < 0 ? complain(to_path) : copy_bytes(from, to, to_path);
    close(from);
    if (to >= 0) close(to);
    return result;
}

static const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

int main(int argc, char *argv[]) {
    struct stat status;
    const bool into_directory = argc > 2 && stat(argv[argc - 1], &status) == 0 && S_ISDIR(status.st_mode);
    if (argc < 3 || (argc > 3 && !into_directory)) {
        fprintf(stderr, "usage: cp file copy, or cp file... directory\n");
        return 1;
    }
    int result = 0;
    for (int i = 1; i < argc - 1; ++i) {
        char target[512];
        snprintf(target, sizeof target, into_directory ? "%s/%s" : "%s", argv[argc - 1], last_part(argv[i]));
        result |= copy(argv[i], target);
    }
    return result;
}
