// What is told of files and of the disk: entries, times, devices, room; and the kernel's log.

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <utime.h>

#include "check.h"

int getdents(int descriptor, void *buffer, unsigned count);

static void entries(void) {
    char buffer[1024];
    mkdir("d", 0755);
    close(open("d/one", O_WRONLY | O_CREAT, 0644));
    close(open("d/two", O_WRONLY | O_CREAT, 0644));
    const int directory = open("d", O_RDONLY), file = open("d/one", O_RDONLY);
    const int bytes = getdents(directory, buffer, sizeof buffer);
    CHECK(bytes > 0 && bytes % 4 == 0 && getdents(directory, buffer, sizeof buffer) == 0);
    CHECK(FAILS(getdents(file, buffer, sizeof buffer), ENOTDIR) && FAILS(getdents(99, buffer, 100), EBADF));
    CHECK(FAILS(read(directory, buffer, 10), EISDIR));
    int count = 0;
    DIR *listing = opendir("d");
    while (readdir(listing) != NULL) count++;
    closedir(listing);
    CHECK(count == 4);
    close(directory);
    close(file);
}

// Reading and writing at a place leaves the file's own offset where it was.
static void places(void) {
    char bytes[4] = "";
    int ends[2];
    const int file = open("d/places", O_RDWR | O_CREAT, 0600);
    CHECK(write(file, "abcdef", 6) == 6 && pread(file, bytes, 3, 2) == 3 && memcmp(bytes, "cde", 3) == 0);
    CHECK(pwrite(file, "XY", 2, 1) == 2 && lseek(file, 0, SEEK_CUR) == 6);
    CHECK(pread(file, bytes, 4, 0) == 4 && memcmp(bytes, "aXYd", 4) == 0);
    CHECK(pread(file, bytes, 4, 6) == 0 && FAILS(pread(file, bytes, 4, -1), EINVAL));
    CHECK(pipe(ends) == 0 && FAILS(pread(ends[0], bytes, 1, 0), ESPIPE) && FAILS(pwrite(ends[1], bytes, 1, 0), ESPIPE));
    close(ends[0]);
    close(ends[1]);
    CHECK(close(file) == 0 && unlink("d/places") == 0);
}

static void times(void) {
    struct stat status;
    const struct utimbuf set = {.actime = 11, .modtime = 22};
    CHECK(utime("d/one", &set) == 0 && stat("d/one", &status) == 0 && status.st_atime == 11 && status.st_mtime == 22);
    CHECK(utime("d/one", NULL) == 0 && stat("d/one", &status) == 0 && status.st_mtime != 22);
    CHECK(FAILS(utime("d/none", NULL), ENOENT));
}

static void devices(void) {
    struct stat disk, copy;
    char bytes[4] = "abc";
    stat("/dev/zero", &disk);
    CHECK(mknod("zero", S_IFCHR | 0600, disk.st_rdev) == 0 && stat("zero", &copy) == 0 && copy.st_rdev == disk.st_rdev);
    const int file = open("zero", O_RDONLY);
    CHECK(read(file, bytes, 3) == 3 && memcmp(bytes, "\0\0\0", 3) == 0);
    close(file);
    CHECK(FAILS(mknod("zero", S_IFCHR | 0600, 1), EEXIST));
}

// As many FIFOs as open files: there is a pipe for each.
static void many_fifos(void) {
    enum { PROCESSES = 9, FIFOS = 9 };
    int ready[2], go[2], opened = 0;
    pipe(ready);
    pipe(go);
    for (int process = 0; process < PROCESSES; process++) {
        if (fork() != 0) continue;
        char name[16], count = 0;
        close(ready[0]);
        close(go[1]);
        for (int i = 0; i < FIFOS; i++) {
            snprintf(name, sizeof name, "d/%d.%d", process, i);
            count += mkfifo(name, 0600) == 0 && open(name, O_RDWR) >= 0;
            unlink(name);
        }
        write(ready[1], &count, 1);
        read(go[0], &count, 1);
        _exit(0);
    }
    for (int process = 0; process < PROCESSES; process++) {
        char count = 0;
        read(ready[0], &count, 1);
        opened += count;
    }
    CHECK(opened == PROCESSES * FIFOS);
    for (int i = 0; i < 2; i++) close(ready[i]), close(go[i]);
    while (wait(NULL) > 0) continue;
}

static void room(void) {
    static char block[8192];
    struct statvfs before, after;
    sync();
    CHECK(statvfs("/", &before) == 0 && before.f_bsize == 4096 && before.f_bfree <= before.f_blocks);
    const int file = open("d/large", O_RDWR | O_CREAT, 0600);
    CHECK(write(file, block, sizeof block) == sizeof block && fsync(file) == 0);
    CHECK(statvfs(".", &after) == 0 && after.f_bfree == before.f_bfree - 2 && after.f_ffree == before.f_ffree - 1);
    CHECK(close(file) == 0 && unlink("d/large") == 0);
    CHECK(statvfs("/", &after) == 0 && after.f_bfree == before.f_bfree && after.f_ffree == before.f_ffree);
    CHECK(FAILS(statvfs("/none", &after), ENOENT));
}

static int die(void) { return *(volatile int *)0; }

static void log_of_the_kernel(void) {
    static char log[4097];
    CHECK(in_child(die) == 128 + 11);
    const int length = kernel_log(log, sizeof log - 1);
    CHECK(length > 0 && strstr(log, "(file_facts): load page fault at 0x00000000") != NULL);
}

int main(void) {
    entries();
    places();
    times();
    devices();
    many_fifos();
    room();
    log_of_the_kernel();
    return report();
}
