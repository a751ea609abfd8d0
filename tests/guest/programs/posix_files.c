// What POSIX says of files, call by call, with the errno of each mistake. Linux is the judge.

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(const char *what, long result) {
    if (result < 0) printf("%s: %s\n", what, strerror(errno));
    else printf("%s: fine\n", what);
}

static void make(const char *path, const char *contents) {
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    write(file, contents, strlen(contents));
    close(file);
}

static void show(const char *path) {
    char text[100] = "";
    const int file = open(path, O_RDONLY);
    if (file < 0) {
        printf("%s: %s\n", path, strerror(errno));
        return;
    }
    const int count = (int)read(file, text, sizeof text - 1);
    close(file);
    printf("%s: [%.*s]\n", path, count < 0 ? 0 : count, text);
}

static void opening(void) {
    puts("-- open");
    tell("both ways at once", open("f", O_WRONLY | O_CREAT | O_EXCL, 0600));
    tell("again", open("f", O_WRONLY | O_CREAT | O_EXCL, 0600));
    tell("through a file", open("f/g", O_RDONLY));
    tell("file with a slash", open("f/", O_RDONLY));
    tell("missing with a slash", open("missing/", O_RDONLY | O_CREAT, 0600));
    tell("empty name", open("", O_RDONLY));
    tell("directory to write", open(".", O_WRONLY));
    tell("directory to make", open(".", O_CREAT, 0600));
    tell("file as a directory", open("f", O_RDONLY | O_DIRECTORY));
    char name[400];
    memset(name, 'x', sizeof name - 1);
    name[399] = 0;
    tell("long name", open(name, O_RDONLY | O_CREAT, 0600));
    const int file = open("f", O_RDWR | O_APPEND);
    printf("flags %d %d\n", (fcntl(file, F_GETFL) & O_ACCMODE) == O_RDWR, (fcntl(file, F_GETFL) & O_APPEND) != 0);
    write(file, "one", 3);
    lseek(file, 0, SEEK_SET);
    write(file, "two", 3);
    show("f");
    tell("no append", fcntl(file, F_SETFL, 0));
    lseek(file, 0, SEEK_SET);
    write(file, "TWO", 3);
    show("f");
    tell("strange command", fcntl(file, 9999, 0));
    tell("seek nowhere", lseek(file, 0, 99));
    tell("seek before", lseek(file, -1, SEEK_SET));
    struct iovec pieces[2] = {{"ab", 2}, {"cde", 3}};
    printf("writev %d\n", (int)writev(file, pieces, 2));
    show("f");
    close(file);
    close(file);
    tell("closed", lseek(file, 0, SEEK_SET));
    unlink("f");
}

static void descriptors(void) {
    puts("-- descriptors");
    make("f", "0123456789");
    const int a = open("f", O_RDONLY), b = dup(a);
    char c;
    read(a, &c, 1);
    read(b, &c, 1);
    printf("shared position: %c\n", c);
    const int d = fcntl(a, F_DUPFD, 9);
    printf("at least nine: %d, close on exec: %d\n", d, fcntl(d, F_GETFD));
    tell("set", fcntl(d, F_SETFD, FD_CLOEXEC));
    const int e = dup(d);
    printf("%d, the copy: %d\n", fcntl(d, F_GETFD), fcntl(e, F_GETFD));
    printf("dup2 to itself: %d\n", dup2(d, d) == d && fcntl(d, F_GETFD) == FD_CLOEXEC);
    tell("dup2 to nowhere", dup2(d, -1));
    tell("dup2 from nothing", dup2(77, 3));
    const int f = open("f", O_RDONLY | O_CLOEXEC), g = fcntl(f, F_DUPFD_CLOEXEC, 0);
    printf("%d %d\n", fcntl(f, F_GETFD), fcntl(g, F_GETFD));
    close(a), close(b), close(d), close(e), close(f), close(g);
    tell("read nothing", read(77, &c, 1));
    unlink("f");
}

static void several_pieces(void) {
    puts("-- readv, writev");
    static char many[3000], back[3000];
    int end[2];
    char a[2], b[10];
    struct iovec small[3] = {{a, 2}, {NULL, 0}, {b, 10}};
    pipe(end);
    write(end[1], "hi", 2);
    printf("%d\n", (int)readv(end[0], small, 3));
    write(end[1], "hello", 5);
    printf("%d:", (int)readv(end[0], small, 3));
    printf(" %.2s %.3s\n", a, b);
    tell("negative", readv(end[0], small, -1));
    tell("too many", writev(end[1], small, 100000));
    small[0].iov_len = (size_t)-1;
    tell("too large", writev(end[1], small, 3));
    printf("none %d\n", (int)writev(end[1], small, 0));
    tell("none, closed", writev(77, small, 0));
    close(end[0]), close(end[1]);
    for (int i = 0; i < 3000; ++i) many[i] = (char)(i * 7);
    const int file = open("f", O_RDWR | O_CREAT, 0600);
    const struct iovec out[3] = {{many, 1000}, {many + 1000, 1}, {many + 1001, 1999}};
    const struct iovec in[2] = {{back, 2500}, {back + 2500, 400}};
    printf("%d\n", (int)writev(file, out, 3));
    lseek(file, 0, SEEK_SET);
    printf("%d %d\n", (int)readv(file, in, 2), memcmp(many, back, 2900) == 0 && back[2900] == 0);
    close(file);
    unlink("f");
}

static void on_pipe(int signal) { (void)signal; puts("SIGPIPE"); }

static void pipes(void) {
    puts("-- pipes");
    int end[2];
    char text[600];
    struct stat status;
    tell("pipe2", pipe2(end, O_NONBLOCK | O_CLOEXEC));
    printf("%d %d\n", fcntl(end[0], F_GETFD), (fcntl(end[1], F_GETFL) & O_NONBLOCK) != 0);
    tell("empty", read(end[0], text, 1));
    printf("write %d\n", (int)write(end[1], "hello", 5));
    printf("read %d\n", (int)read(end[0], text, sizeof text));
    tell("seek", lseek(end[0], 0, SEEK_SET));
    tell("wrong end", read(end[1], text, 1));
    tell("other wrong end", write(end[0], text, 1));
    long total = 0;
    for (ssize_t n; (n = write(end[1], text, 512)) > 0;) total += n;
    printf("full: %s, %d\n", strerror(errno), total >= 512 && total % 512 == 0);
    read(end[0], text, 100);
    tell("not whole", write(end[1], text, 512));
    fstat(end[0], &status);
    printf("a pipe: %d\n", S_ISFIFO(status.st_mode));
    close(end[1]);
    while (read(end[0], text, sizeof text) > 0) {
    }
    printf("end of file: %d\n", (int)read(end[0], text, 1));
    close(end[0]);
    pipe(end);
    close(end[0]);
    fflush(stdout);
    const int child = fork();
    if (child == 0) {
        write(end[1], "x", 1);
        _exit(0);
    }
    int how;
    waitpid(child, &how, 0);
    printf("killed by %d\n", WTERMSIG(how) == SIGPIPE);
    signal(SIGPIPE, on_pipe);
    tell("no reader", write(end[1], "x", 1));
    signal(SIGPIPE, SIG_IGN);
    tell("ignored", write(end[1], "x", 1));
    signal(SIGPIPE, SIG_DFL);
    close(end[1]);
    tell("strange flag", pipe2(end, O_APPEND));
}

static void polling(void) {
    puts("-- poll");
    int end[2];
    char c;
    pipe(end);
    struct pollfd asked[4] = {{.fd = end[0], .events = POLLIN}, {.fd = end[1], .events = POLLOUT}, {.fd = -1}, {.fd = 99}};
    printf("%d:", poll(asked, 4, 0));
    for (int i = 0; i < 4; ++i) printf(" %x", asked[i].revents);
    puts("");
    printf("%d\n", poll(asked, 1, 10));
    fflush(stdout);
    if (fork() == 0) {
        usleep(2000);
        write(end[1], "x", 1);
        _exit(0);
    }
    const int ready = poll(asked, 1, -1);
    printf("%d %x\n", ready, asked[0].revents);
    fd_set set;
    FD_ZERO(&set);
    FD_SET(end[0], &set);
    const int selected = select(end[0] + 1, &set, NULL, NULL, NULL);
    printf("select %d %d\n", selected, FD_ISSET(end[0], &set));
    read(end[0], &c, 1);
    struct timeval soon = {0, 1000};
    FD_SET(end[0], &set);
    const int nothing = select(end[0] + 1, &set, NULL, NULL, &soon);
    printf("select %d %d\n", nothing, FD_ISSET(end[0], &set));
    wait(NULL);
    close(end[1]);
    printf("%d %x\n", poll(asked, 1, 0), asked[0].revents);
    close(end[0]);
    FD_ZERO(&set);
    FD_SET(50, &set);
    tell("select on nothing", select(51, &set, NULL, NULL, NULL));
}

static void links(void) {
    puts("-- links");
    char text[20];
    struct stat status;
    make("f", "contents");
    tell("symlink", symlink("f", "s"));
    tell("again", symlink("f", "s"));
    tell("to nothing", symlink("", "t"));
    show("s");
    printf("%d\n", (int)readlink("s", text, sizeof text));
    tell("readlink of a file", readlink("f", text, sizeof text));
    tell("readlink of nothing", readlink("nothing", text, sizeof text));
    tell("readlink into nothing", readlink("s", text, 0));
    lstat("s", &status);
    printf("lstat: link %d, size %d\n", S_ISLNK(status.st_mode), (int)status.st_size);
    stat("s", &status);
    printf("stat: link %d, size %d\n", S_ISLNK(status.st_mode), (int)status.st_size);
    symlink("b", "a");
    symlink("a", "b");
    tell("a loop", open("a", O_RDONLY));
    tell("a loop on the way", open("a/x", O_RDONLY));
    tell("make a loop", open("a", O_WRONLY | O_CREAT, 0600));
    tell("nofollow", open("s", O_RDONLY | O_NOFOLLOW));
    symlink("later", "dangling");
    tell("dangling", open("dangling", O_RDONLY));
    tell("exclusive", open("dangling", O_WRONLY | O_CREAT | O_EXCL, 0600));
    const int made = open("dangling", O_WRONLY | O_CREAT, 0600);
    tell("made through it", made);
    close(made);
    tell("there", access("later", F_OK));
    mkdir("d", 0755);
    symlink("../d", "d/self");
    make("d/x", "deep");
    show("d/self/self/self/x");
    symlink("d", "dir");
    tell("link with a slash", rmdir("dir/"));
    tell("mkdir at a link", mkdir("dangling2", 0755));
    tell("unlink the link", unlink("dir"));
    tell("the directory stays", access("d/x", F_OK));
    tell("link", link("f", "hard"));
    tell("link again", link("f", "hard"));
    tell("link a directory", link("d", "e"));
    tell("link into nothing", link("f", "no/where"));
    tell("link a link", link("s", "hard2"));
    lstat("hard2", &status);
    printf("%d\n", S_ISLNK(status.st_mode));
    stat("f", &status);
    printf("%d names\n", (int)status.st_nlink);
    unlink("f"), unlink("s"), unlink("a"), unlink("b"), unlink("dangling"), unlink("later"), unlink("hard");
    unlink("hard2"), unlink("d/self"), unlink("d/x"), rmdir("d"), rmdir("dangling2");
}

static void directories(void) {
    puts("-- directories");
    char text[300];
    tell("mkdir", mkdir("d", 0755));
    tell("mkdir with a slash", mkdir("d/e/", 0755));
    tell("mkdir .", mkdir(".", 0755));
    tell("mkdir /", mkdir("/", 0755));
    tell("mkdir in nothing", mkdir("no/d", 0755));
    tell("rmdir full", rmdir("d"));
    tell("rmdir .", rmdir("d/."));
    tell("rmdir ..", rmdir("d/e/.."));
    tell("rmdir /", rmdir("/"));
    make("f", "x");
    tell("rmdir a file", rmdir("f"));
    tell("unlink a directory", unlink("d") < 0 && (errno == EISDIR || errno == EPERM) ? -1 : 0);
    tell("unlink with a slash", unlink("f/"));
    tell("mkdir at a file", mkdir("f", 0755));
    tell("chdir to a file", chdir("f"));
    tell("chdir", chdir("d/e"));
    getcwd(text, sizeof text);
    printf("%s\n", strlen(text) > 4 ? text + strlen(text) - 4 : text);
    tell("small", getcwd(text, 3) == NULL ? -1 : 0);
    const int up = open("../..", O_RDONLY | O_DIRECTORY);
    tell("remove what I am in", rmdir("../e"));
    tell("make there", open("x", O_WRONLY | O_CREAT, 0600));
    tell("getcwd there", getcwd(text, sizeof text) == NULL ? -1 : 0);
    tell("fchdir", fchdir(up));
    tell("there again", access("f", F_OK));
    close(up);
    const int file = open("f", O_RDONLY);
    tell("fchdir to a file", fchdir(file));
    tell("read a directory", read(open("d", O_RDONLY), text, 1));
    close(file);
    rmdir("d");
    unlink("f");
}

static void renaming(void) {
    puts("-- rename");
    struct stat before, after;
    make("f", "first");
    make("g", "second");
    tell("over", rename("f", "g"));
    show("g");
    show("f");
    tell("missing", rename("f", "h"));
    tell("itself", rename("g", "g"));
    link("g", "h");
    tell("another name of it", rename("g", "h"));
    printf("both: %d\n", access("g", F_OK) == 0 && access("h", F_OK) == 0);
    mkdir("d", 0755);
    mkdir("e", 0755);
    mkdir("d/sub", 0755);
    make("d/sub/x", "deep");
    tell("file over directory", rename("g", "d"));
    tell("directory over file", rename("d", "g"));
    tell("into itself", rename("d", "d/sub/d"));
    tell("over a full one", rename("e", "d"));
    tell("dot", rename("d/.", "z"));
    tell("file with a slash", rename("g", "z/"));
    stat("e", &before);
    tell("directory into another", rename("d/sub", "e/sub"));
    stat("e", &after);
    printf("links: %d more\n", (int)(after.st_nlink - before.st_nlink));
    show("e/sub/x");
    show("e/sub/../sub/x");
    tell("over an empty one", rename("e", "d"));
    show("d/sub/x");
    tell("into nothing", rename("g", "no/g"));
    const int open_file = open("g", O_RDONLY);
    char c = 0;
    make("n", "new");
    rename("n", "g");
    read(open_file, &c, 1);
    printf("the open one is still the old one: %c\n", c);
    close(open_file);
    unlink("d/sub/x"), rmdir("d/sub"), rmdir("d"), unlink("g"), unlink("h");
}

static void sizes(void) {
    puts("-- sizes");
    struct stat status;
    char text[10];
    make("f", "0123456789");
    tell("truncate", truncate("f", 4));
    tell("longer", truncate("f", 6));
    const int file = open("f", O_RDWR);
    printf("%d: %d %d %d\n", (int)read(file, text, 10), text[3], text[4], text[5]);
    tell("ftruncate", ftruncate(file, 1000000));
    fstat(file, &status);
    printf("%d bytes, few blocks: %d\n", (int)status.st_size, status.st_blocks <= 16);
    tell("negative", ftruncate(file, -1));
    close(file);
    const int reader = open("f", O_RDONLY);
    tell("not open for it", ftruncate(reader, 0));
    close(reader);
    tell("truncate a directory", truncate(".", 0));
    tell("truncate nothing", truncate("nothing", 0));
    unlink("f");
    const int gone = open("gone", O_RDWR | O_CREAT, 0600);
    unlink("gone");
    write(gone, "still here", 10);
    lseek(gone, 0, SEEK_SET);
    fstat(gone, &status);
    printf("%d names, %d read\n", (int)status.st_nlink, (int)read(gone, text, 10));
    tell("fsync", fsync(gone));
    close(gone);
    int end[2];
    pipe(end);
    tell("fsync of a pipe", fsync(end[0]));
    close(end[0]), close(end[1]);
}

static void modes(void) {
    puts("-- modes");
    struct stat status;
    umask(027);
    close(open("f", O_WRONLY | O_CREAT, 0666));
    mkdir("d", 0777);
    stat("f", &status);
    printf("%o ", status.st_mode);
    stat("d", &status);
    printf("%o, umask %o\n", status.st_mode, umask(022));
    tell("chmod", chmod("f", 04751));
    stat("f", &status);
    printf("%o\n", status.st_mode);
    const int file = open("f", O_RDONLY);
    tell("fchmod", fchmod(file, 0640));
    fstat(file, &status);
    printf("%o\n", status.st_mode);
    close(file);
    tell("chmod nothing", chmod("nothing", 0600));
    tell("access", access("f", R_OK | W_OK));
    tell("access to execute", access("f", X_OK));
    tell("access to search", access("d", X_OK));
    tell("access how", access("f", 99));
    const struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 2, .tv_nsec = 5000}};
    tell("times", utimensat(AT_FDCWD, "f", times, 0));
    stat("f", &status);
    printf("%d %d %d\n", (int)status.st_atime, (int)status.st_mtime, (int)status.st_mtim.tv_nsec);
    unlink("f");
    rmdir("d");
}

static void devices(void) {
    puts("-- devices");
    char text[16] = "abcdefghijklmno";
    struct stat status;
    const int null = open("/dev/null", O_RDWR), zero = open("/dev/zero", O_RDWR), full = open("/dev/full", O_RDWR);
    printf("%d %d\n", (int)write(null, text, 5), (int)read(null, text, 5));
    printf("%d %d\n", (int)read(zero, text, 5), memcmp(text, "\0\0\0\0\0fgh", 8) == 0);
    tell("full", write(full, text, 5));
    fstat(null, &status);
    printf("%d %x\n", S_ISCHR(status.st_mode), (int)status.st_rdev);
    const int random = open("/dev/urandom", O_RDONLY);
    char other[16];
    printf("%d %d\n", (int)read(random, text, 16), (int)read(random, other, 16));
    printf("%d\n", memcmp(text, other, 16) != 0);
    tell("a terminal", isatty(null) ? 0 : -1);
    close(null), close(zero), close(full), close(random);
}

static void processes(void) {
    puts("-- proc");
    char path[40], text[200] = "", wanted[20];
    sprintf(path, "/proc/%d/stat", (int)getpid());
    sprintf(wanted, "%d (", (int)getpid());
    int file = open(path, O_RDONLY);
    read(file, text, sizeof text - 1);
    printf("%d\n", strncmp(text, wanted, strlen(wanted)) == 0);
    tell("write", write(file, "x", 1));
    close(file);
    const int length = (int)readlink("/proc/self", text, sizeof text);
    text[length < 0 ? 0 : length] = 0;
    printf("%d\n", atoi(text) == getpid());
    DIR *folder = opendir("/proc");
    int found = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        found += strcmp(entry->d_name, "uptime") == 0 || atoi(entry->d_name) == getpid();
    }
    closedir(folder);
    printf("%d found\n", found);
    tell("no such process", open("/proc/99999/stat", O_RDONLY));
    chdir("/proc/self");
    tell("status", access("status", R_OK));
    file = open("cmdline", O_RDONLY);
    const int words = (int)read(file, text, sizeof text);
    for (const char *word = text + strlen(text) + 1; word < text + words; word += strlen(word) + 1) puts(word);
    close(file);
    chdir("/proc");
    printf("%s\n", getcwd(text, sizeof text));
}

static void many(void) {
    puts("-- many");
    char name[60], path[250] = ".";
    for (int i = 0; i < 150; ++i) {
        sprintf(name, "file-with-a-rather-long-name-%d", i);
        close(open(name, O_WRONLY | O_CREAT | O_EXCL, 0600));
    }
    int count = 0;
    DIR *folder = opendir(".");
    while (readdir(folder) != NULL) ++count;
    rewinddir(folder);
    while (readdir(folder) != NULL) --count;
    printf("%d\n", count);
    closedir(folder);
    for (int i = 0; i < 150; ++i) {
        sprintf(name, "file-with-a-rather-long-name-%d", i);
        if (unlink(name) < 0) perror(name);
    }
    for (int i = 0; i < 60; ++i) strcat(path, "/d"), mkdir(path, 0755);
    const int deep = chdir(path);
    tell("deep", deep);
    make("x", "at the bottom");
    show("x");
    unlink("x");
    for (int i = 0; i < 60; ++i) chdir(".."), rmdir("d");
    struct statvfs room;
    tell("statvfs", statvfs(".", &room));
    printf("%d\n", room.f_bfree > 0 && room.f_bfree <= room.f_blocks);
}

int main(void) {
    opening();
    descriptors();
    pipes();
    several_pieces();
    polling();
    links();
    directories();
    renaming();
    sizes();
    modes();
    devices();
    many();
    processes();
    return 0;
}
