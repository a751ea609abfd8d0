// chmod [-R] mode file...: changes permissions; -R also of all that is in folders. A mode is octal (644) or like u+x, go-w,
// a=r, +x,u=rw, g=u. "=" also clears the bits s and t of those that it names; of a folder it leaves s.

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/files.h"
#include "common/lines.h"
#include "common/mode.h"

static const char *mode_text;
static bool recursive;

static int change_file(const char *path);

// What a symbolic link stands for is elsewhere.
static int change_below(const char *path) {
    struct stat file;
    return lstat(path, &file) == 0 && S_ISLNK(file.st_mode) ? 0 : change_file(path);
}

static int change_file(const char *path) {
    struct stat file;
    if (stat(path, &file) < 0) return report("chmod", path);
    const mode_t mask = umask(0);
    umask(mask);
    const int mode = change_mode(mode_text, file.st_mode & 07777, 07777 & ~mask, S_ISDIR(file.st_mode));
    if (mode < 0) {
        fprintf(stderr, "chmod: invalid mode: '%s'\n", mode_text);
        exit(1);
    }
    if (chmod(path, (mode_t)mode) < 0) return report("chmod", path);
    if (!recursive || !S_ISDIR(file.st_mode)) return 0;
    const int result = for_each_entry(path, change_below);
    return result < 0 ? report("chmod", path) : result;
}

int main(int argc, char *argv[]) {
    while (optind < argc && argv[optind][0] == '-' && strchr("R-", argv[optind][1])) {  // another one is a mode: -w
        if (getopt(argc, argv, "+R") == -1) break;
        recursive = true;
    }
    if (argc - optind < 2) {
        fprintf(stderr, "usage: chmod [-R] mode file...\n");
        return 1;
    }
    mode_text = argv[optind];
    int status = 0;
    for (int i = optind + 1; i < argc; ++i) status |= change_file(argv[i]);
    return status;
}
