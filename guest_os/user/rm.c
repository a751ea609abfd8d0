// rm [-fr] file...: removes files; -r directories with all that is in them, -f says nothing of what does not exist.

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool recursive, forced;

static int complain(const char *path) {
    if (forced && errno == ENOENT) return 0;
    fprintf(stderr, "rm: cannot remove '%s': ", path);
    perror(NULL);
    return 1;
}

static int remove_path(const char *path);

// Reads the directory anew after each removal: what remains moves while one walks over it.
static int remove_contents(const char *path) {
    for (;;) {
        DIR *directory = opendir(path);
        if (directory == NULL) return complain(path);
        struct dirent *entry = readdir(directory);
        while (entry && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)) {
            entry = readdir(directory);
        }
        char child[512];
        if (entry) snprintf(child, sizeof child, "%s/%s", path, entry->d_name);
        closedir(directory);
        if (entry == NULL) return 0;
        if (remove_path(child) != 0) return 1;
    }
}

static int remove_path(const char *path) {
    struct stat status;
    if (stat(path, &status) < 0) return complain(path);
    if (!S_ISDIR(status.st_mode)) return unlink(path) == 0 ? 0 : complain(path);
    if (!recursive) {
        errno = EISDIR;
        return complain(path);
    }
    if (remove_contents(path) != 0) return 1;
    return rmdir(path) == 0 ? 0 : complain(path);
}

int main(int argc, char *argv[]) {
    for (int option; (option = getopt(argc, argv, "fr")) != -1;) {
        if (option == 'f') forced = true;
        else if (option == 'r') recursive = true;
        else return 1;
    }
    int status = 0;
    for (int i = optind; i < argc; ++i) status |= remove_path(argv[i]);
    return status;
}
