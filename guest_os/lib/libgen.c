#include <libgen.h>
#include <string.h>

static char dot[] = ".", slash[] = "/";

// Slashes at the end go, but for a single one.
static size_t strip(char *path) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') path[--length] = '\0';
    return length;
}

char *basename(char *path) {
    if (path == NULL || *path == '\0') return dot;
    strip(path);
    char *last = strrchr(path, '/');
    return last == NULL ? path : last[1] == '\0' ? slash : last + 1;
}

char *dirname(char *path) {
    if (path == NULL || *path == '\0') return dot;
    strip(path);
    char *last = strrchr(path, '/');
    if (last == NULL) return dot;
    while (last > path && last[-1] == '/') --last;
    if (last == path) return slash;
    *last = '\0';
    return path;
}
