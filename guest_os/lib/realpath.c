// realpath: a path from the root without links, "." and "..".

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct walk {
    char done[PATH_MAX];  // from the root, resolved; "" is the root
    char rest[PATH_MAX];  // what is still to be walked: "", or it begins with a slash
    int links;
};

static int fail(int error) {
    errno = error;
    return -1;
}

// Puts what a symbolic link stands for in front of the rest.
static int follow(struct walk *walk) {
    char target[PATH_MAX];
    const ssize_t length = readlink(walk->done, target, sizeof target - 1);
    if (length < 0) return -1;
    if (++walk->links > SYMLOOP_MAX) return fail(ELOOP);
    if ((size_t)length + strlen(walk->rest) >= sizeof target) return fail(ENAMETOOLONG);
    target[length] = '\0';
    strcpy(walk->rest, strcat(target, walk->rest));
    *strrchr(walk->done, '/') = '\0';
    if (walk->rest[0] == '/') walk->done[0] = '\0';
    return 0;
}

static int step(struct walk *walk, const char *name) {
    struct stat status;
    if (strcmp(name, ".") == 0) return 0;
    if (strcmp(name, "..") == 0) {
        char *last = strrchr(walk->done, '/');
        if (last != NULL) *last = '\0';
        return 0;
    }
    if (strlen(walk->done) + 1 + strlen(name) >= sizeof walk->done) return fail(ENAMETOOLONG);
    strcat(strcat(walk->done, "/"), name);
    if (lstat(walk->done, &status) < 0) return -1;
    if (S_ISLNK(status.st_mode)) return follow(walk);
    return S_ISDIR(status.st_mode) || walk->rest[0] == '\0' ? 0 : fail(ENOTDIR);
}

// Takes the first name off the rest. Null: there is none.
static char *next_name(struct walk *walk, char name[PATH_MAX]) {
    const char *start = walk->rest + strspn(walk->rest, "/");
    const size_t length = strcspn(start, "/");
    if (length == 0) return NULL;
    memcpy(name, start, length);
    name[length] = '\0';
    memmove(walk->rest, start + length, strlen(start + length) + 1);
    return name;
}

char *realpath(const char *restrict path, char *restrict resolved) {
    struct walk walk = {.links = 0};
    char name[PATH_MAX];
    if (path[0] == '\0') return fail(ENOENT) < 0 ? NULL : resolved;
    if (strlen(path) >= sizeof walk.rest) return fail(ENAMETOOLONG) < 0 ? NULL : resolved;
    strcpy(walk.rest, path);
    if (path[0] != '/' && getcwd(walk.done, sizeof walk.done) == NULL) return NULL;
    if (strcmp(walk.done, "/") == 0) walk.done[0] = '\0';
    while (next_name(&walk, name) != NULL) {
        if (step(&walk, name) < 0) return NULL;
    }
    if (walk.done[0] == '\0') strcpy(walk.done, "/");
    if (resolved == NULL) return strdup(walk.done);
    return strcpy(resolved, walk.done);
}
