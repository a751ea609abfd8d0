// A directory that is removed while somebody is in it has no way up: the number of the one above may soon be that of another
// file. Tried as a user without rights, who would like to have such a file under a name of his own.

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define OWN "/tmp/own"

static void report(const char *what, int result) { printf("%s: %s\n", what, result < 0 ? strerror(errno) : "done"); }

// In OWN/p/q, which is removed, as is OWN/p; `by_rename`: another directory took its place.
static void stand_in_a_removed_directory(int by_rename) {
    mkdir(OWN "/p", 0755);
    mkdir(OWN "/p/q", 0755);
    chdir(OWN "/p/q");
    if (by_rename) {
        mkdir(OWN "/p/r", 0755);
        rename(OWN "/p/r", OWN "/p/q");
    }
    rmdir(OWN "/p/q");
    rmdir(OWN "/p");
}

static void try_to_go_up(void) {
    struct stat status;
    report("stat", stat("..", &status));
    report("link", link("..", OWN "/evil"));
    report("open", open("..", O_RDWR));
    report("chdir", chdir("../other"));
    for (int i = 0; i < 20; i++) {  // one of them may have the number
        char name[40];
        snprintf(name, sizeof name, OWN "/file%d", i);
        const int file = open(name, O_CREAT | O_WRONLY, 0600);
        write(file, "x", 1);
        close(file);
    }
    report("rename", rename(OWN "/directory", "here"));
    report("stat again", stat("..", &status));
}

int main(void) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int by_rename = 0; by_rename < 2; by_rename++) {
        mkdir(OWN, 0777);
        chmod(OWN, 0777);
        if (fork() == 0) {
            setuid(1000);
            mkdir(OWN "/directory", 0755);
            stand_in_a_removed_directory(by_rename);
            try_to_go_up();
            _exit(0);
        }
        wait(NULL);
    }
    // A directory that nobody but root may search hides what is in it from the one who asks, whatever rights his program has.
    mkdir("/tmp/hidden", 0700);
    close(creat("/tmp/hidden/file", 0644));
    fflush(stdout);
    if (fork() == 0) {
        seteuid(1000);
        report("access as another", access("/tmp/hidden/file", F_OK));
        _exit(0);
    }
    wait(NULL);
    return 0;
}
