// stat file...: what the file system knows about files.

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/lines.h"

static const char *kind_of(unsigned mode) {
    switch (mode & S_IFMT) {
        case S_IFDIR: return "directory";
        case S_IFCHR: return "character special file";
        case S_IFIFO: return "fifo";
        case S_IFLNK: return "symbolic link";
        default: return "regular file";
    }
}

int main(int argc, char *argv[]) {
    int status = 0;
    no_options(argc, argv, "stat file...", 1);
    if (optind == argc) {
        fprintf(stderr, "usage: stat file...\n");
        return 1;
    }
    for (int i = optind; i < argc; ++i) {
        struct stat file;
        if (lstat(argv[i], &file) < 0) {
            status = report("stat", argv[i]);
            continue;
        }
        printf("  File: %s\n  Size: %u\tBlocks: %u\t%s\n", argv[i], file.st_size, file.st_blocks, kind_of(file.st_mode));
        printf(" Inode: %u\tLinks: %u\n", file.st_ino, file.st_nlink);
        char time[32];
        strftime(time, sizeof time, "%Y-%m-%d %H:%M:%S", gmtime(&file.st_mtime));
        printf("Access: 0%03o\tUid: %u\tGid: %u\nModify: %s.%06ld\n", file.st_mode & 07777, file.st_uid, file.st_gid, time,
               file.st_mtim.tv_nsec / 1000);
    }
    return status;
}
