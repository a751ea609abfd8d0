// cp [-fiprR] file copy, cp [-fiprR] file... directory: copies files; -r directories with all that is in them, and links as
// links; -p keeps permissions, owner and times; -i asks before it overwrites.

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "common/files.h"
#include "common/lines.h"

static bool recursive, exactly, ask;

static int complain(const char *path) { return report("cp", path); }

static int refuse(const char *path, const char *why) {
    fprintf(stderr, "cp: '%s': %s\n", path, why);
    return 1;
}

static int keep_attributes(const char *path, const struct stat *status) {
    const struct utimbuf times = {status->st_atime, status->st_mtime};
    if (utime(path, &times) < 0 || chmod(path, status->st_mode & 07777) < 0) return complain(path);
    if (geteuid() == 0 && chown(path, status->st_uid, status->st_gid) < 0) return complain(path);
    return 0;
}

static int copy_bytes(int from, int to, const char *name) {
    char buffer[4096];
    ssize_t count;
    while ((count = read(from, buffer, sizeof buffer)) > 0) {
        if (write(to, buffer, (size_t)count) != count) return complain(name);
    }
    return count < 0 ? complain(name) : 0;
}

static int copy_file(const char *from_path, const char *to_path, const struct stat *status) {
    const int from = open(from_path, O_RDONLY);
    if (from < 0) return complain(from_path);
    const int to = open(to_path, O_WRONLY | O_CREAT | O_TRUNC, status->st_mode & 0777);
    const int result = to < 0 ? complain(to_path) : copy_bytes(from, to, to_path);
    close(from);
    if (to >= 0) close(to);
    return result;
}

static int copy_link(const char *from, const char *to) {
    char target[512];
    const ssize_t length = readlink(from, target, sizeof target - 1);
    if (length < 0) return complain(from);
    target[length] = '\0';
    unlink(to);
    return symlink(target, to) == 0 ? 0 : complain(to);
}

// Into which folder: for copy_entry().
static const char *to_folder;

static int copy(const char *from, const char *to);

static int copy_entry(const char *path) {
    char *to = join(to_folder, last_part(path));
    const int result = copy(path, to);
    free(to);
    return result;
}

static int copy_folder(const char *from, const char *to, const struct stat *status) {
    const char *const outer = to_folder;
    const size_t length = strlen(from);
    if (!recursive) return refuse(from, "is a directory: -r copies it");
    if (strncmp(from, to, length) == 0 && to[length] == '/') return refuse(from, "cannot be copied into itself");
    if (!is_folder(to) && mkdir(to, (status->st_mode & 0777) | 0700) < 0) return complain(to);
    to_folder = to;
    const int result = for_each_entry(from, copy_entry);
    to_folder = outer;
    return result < 0 ? complain(from) : result;
}

static int copy(const char *from, const char *to) {
    struct stat status, existing;
    if ((recursive ? lstat : stat)(from, &status) < 0) return complain(from);
    const bool exists = stat(to, &existing) == 0;
    if (exists && existing.st_dev == status.st_dev && existing.st_ino == status.st_ino) {
        fprintf(stderr, "cp: '%s' and '%s' are the same file\n", from, to);
        return 1;
    }
    if (exists && ask && !S_ISDIR(existing.st_mode) && !confirm("cp: overwrite", to)) return 0;
    if (S_ISLNK(status.st_mode)) return copy_link(from, to);
    const int result = S_ISDIR(status.st_mode) ? copy_folder(from, to, &status) : copy_file(from, to, &status);
    return result == 0 && exactly ? keep_attributes(to, &status) : result;
}

int main(int argc, char *argv[]) {
    bool wrong = false;
    for (int option; (option = getopt(argc, argv, "fiprR")) != -1;) {
        switch (option) {
            case 'f': ask = false; break;
            case 'i': ask = true; break;
            case 'p': exactly = true; break;
            case 'r':
            case 'R': recursive = true; break;
            default: wrong = true;
        }
    }
    const int result = wrong ? -1 : for_each_target("cp", argv + optind, argc - optind, copy);
    if (result < 0) fprintf(stderr, "usage: cp [-fiprR] file copy, or cp [-fiprR] file... directory\n");
    return result != 0;
}
