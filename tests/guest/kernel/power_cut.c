// Work for a disk whose power fails. After each fsync() it prints a promise: "kept PATH CONTENTS", or "gone PATH" before
// it breaks one on purpose. A second run, on the disk that was left, only says so.

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void promise(const char *path, const char *contents) {
    printf("kept %s %s\n", path, contents);
    fflush(stdout);
}

static void break_promise(const char *path) {
    printf("gone %s\n", path);
    fflush(stdout);
}

static int make(const char *path, const char *contents, int flags) {
    const int file = open(path, O_WRONLY | O_CREAT | flags, 0644);
    write(file, contents, strlen(contents));
    return file;
}

static void keep(const char *path, const char *contents) {
    const int file = make(path, contents, O_TRUNC);
    fsync(file);
    close(file);
    promise(path, contents);
}

static void large_file(void) {
    static char block[4096];
    memset(block, 'x', sizeof block);
    const int file = open("/tmp/work/large", O_WRONLY | O_CREAT, 0644);
    for (int i = 0; i < 40; ++i) write(file, block, sizeof block);
    ftruncate(file, 5000);
    close(file);
    unlink("/tmp/work/large");
}

int main(void) {
    if (mkdir("/tmp/work", 0755) < 0) {
        puts("recovered");
        return 0;
    }
    keep("/tmp/work/first", "one");
    mkdir("/tmp/work/d", 0755);
    keep("/tmp/work/d/second", "two");
    const int open_file = make("/tmp/work/nameless", "nobody sees this", 0);
    unlink("/tmp/work/nameless");
    keep("/tmp/work/third", "three");
    break_promise("/tmp/work/first");
    break_promise("/tmp/work/third");
    rename("/tmp/work/third", "/tmp/work/first");
    sync();
    promise("/tmp/work/first", "three");
    link("/tmp/work/first", "/tmp/work/d/also");
    large_file();
    for (int i = 0; i < 6; ++i) {
        char path[32];
        sprintf(path, "/tmp/work/d/file%d", i);
        close(make(path, "small", 0));
    }
    for (int i = 0; i < 6; i += 2) {
        char path[32];
        sprintf(path, "/tmp/work/d/file%d", i);
        unlink(path);
    }
    break_promise("/tmp/work/d/second");
    rename("/tmp/work/d", "/tmp/work/e");
    sync();
    promise("/tmp/work/e/second", "two");
    promise("/tmp/work/e/also", "three");
    mkdir("/tmp/work/e/empty", 0755);
    rmdir("/tmp/work/e/empty");
    symlink("first", "/tmp/work/link");
    const int log = open("/tmp/work/log", O_WRONLY | O_CREAT | O_APPEND, 0644);
    write(log, "ab", 2);
    fsync(log);
    promise("/tmp/work/log", "ab");
    break_promise("/tmp/work/log");
    write(log, "cd", 2);
    fsync(log);
    promise("/tmp/work/log", "abcd");
    close(log);
    close(open_file);
    puts("finished");
    return 0;
}
