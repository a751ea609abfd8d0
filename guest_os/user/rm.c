// rm [-dfirR] file...: removes files; -r directories with all that is in them, -d empty ones; -i asks first, -f says nothing
// of what does not exist. A symbolic link is removed itself, never what it stands for.

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/files.h"

static bool recursive, forced, empty_too, ask;

static int complain(const char *path) {
    if (forced && errno == ENOENT) return 0;
    fprintf(stderr, "rm: cannot remove '%s': ", path);
    perror(NULL);
    return 1;
}

static int remove_path(const char *path) {
    struct stat status;
    if (lstat(path, &status) < 0) return complain(path);
    const bool folder = S_ISDIR(status.st_mode);
    if (folder && !recursive && !empty_too) {
        errno = EISDIR;
        return complain(path);
    }
    if (folder && recursive) {
        if (ask && !confirm("rm: descend into directory", path)) return 0;
        const int result = for_each_entry(path, remove_path);
        if (result != 0) return result < 0 ? complain(path) : 1;
    }
    if (ask && !confirm(folder ? "rm: remove directory" : "rm: remove file", path)) return 0;
    return (folder ? rmdir : unlink)(path) == 0 ? 0 : complain(path);
}

static int remove_operand(const char *path) {
    const char *name = last_part(path);
    if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && path[strspn(path, "/")] != '\0') return remove_path(path);
    fprintf(stderr, "rm: refusing to remove '%s'\n", path);
    return 1;
}

static int usage(void) {
    fprintf(stderr, "usage: rm [-dfirR] file...\n");
    return 1;
}

int main(int argc, char *argv[]) {
    for (int option; (option = getopt(argc, argv, "dfirR")) != -1;) {
        switch (option) {
            case 'd': empty_too = true; break;
            case 'f': forced = true, ask = false; break;
            case 'i': ask = true, forced = false; break;
            case 'r':
            case 'R': recursive = true; break;
            default: return usage();
        }
    }
    if (optind == argc && !forced) return usage();
    int status = 0;
    for (int i = optind; i < argc; ++i) status |= remove_operand(argv[i]);
    return status;
}
