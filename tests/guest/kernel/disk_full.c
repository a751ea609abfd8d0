// A full disk: every call says so, nothing is lost, and what is removed is free again.

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static char block[32768];

static void tell(const char *what, int result) { printf("%s: %s\n", what, result < 0 ? strerror(errno) : "fine"); }

int main(void) {
    struct statvfs before, full, after;
    mkdir("/tmp/d", 0755);
    statvfs("/", &before);
    int file = open("/tmp/d/large", O_WRONLY | O_CREAT, 0644);
    memset(block, 'x', sizeof block);
    unsigned written = 0;
    for (int n; (n = (int)write(file, block, sizeof block)) > 0;) written += (unsigned)n;
    tell("write", -1);
    close(file);
    struct stat status;
    stat("/tmp/d/large", &status);
    printf("all that was written is there: %d\n", (unsigned)status.st_size == written);
    statvfs("/", &full);
    printf("%d blocks free\n", (int)full.f_bfree);
    tell("mkdir", mkdir("/tmp/d/e", 0755));
    tell("symlink", symlink("target", "/tmp/d/s"));
    tell("gone", access("/tmp/d/s", F_OK));
    file = open("/tmp/d/small", O_WRONLY | O_CREAT, 0644);  // needs no block of its own
    tell("a file", file);
    tell("a byte", (int)write(file, "x", 1));
    close(file);
    file = open("/tmp/d/large", O_RDONLY);
    lseek(file, (off_t)written - 1, SEEK_SET);
    printf("the last byte: %d %c\n", (int)read(file, block, 1), block[0]);
    close(file);
    unlink("/tmp/d/large");
    unlink("/tmp/d/small");
    int made = 0;
    for (char name[32]; sprintf(name, "/tmp/d/%d", made), (file = open(name, O_WRONLY | O_CREAT, 0644)) >= 0; ++made) close(file);
    tell("inodes", -1);
    statvfs("/", &full);
    printf("%d inodes free, %d made\n", (int)full.f_ffree, made == (int)before.f_ffree);
    for (int i = 0; i < made; ++i) {
        char name[32];
        sprintf(name, "/tmp/d/%d", i);
        unlink(name);
    }
    statvfs("/", &after);
    printf("inodes back: %d\n", after.f_ffree == before.f_ffree);
    rmdir("/tmp/d");
    statvfs("/", &after);
    printf("blocks back: %d\n", after.f_bfree == before.f_bfree + 1);  // the directory's own
    return 0;
}
