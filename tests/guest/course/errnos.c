// Which error is it? The calls that a program may get wrong, each in several ways, and errno after each.

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

static void show(const char *call, long result) {
    const char *const kind = result == -1 ? "-1" : result == 0 ? "0" : "more";
    printf("%s: %s%s%s\n", call, kind, result == -1 ? ", " : "", result == -1 ? strerror(errno) : "");
}

#define T(call) (errno = 0, show(#call, (long)(call)))
#define IF_NULL(call) ((call) == NULL ? -1 : 0)

static int status;
static char buffer[64];
static struct stat file_status;

static void signals(void) {
    sigset_t set;
    sigemptyset(&set);
    const struct sigaction sa = {.sa_handler = SIG_IGN};
    T(kill(99999, 0));
    T(kill(getpid(), 99));
    T(kill(getpid(), -1));
    T(kill(-99999, 0));
    T(killpg(99999, 0));
    T(raise(0));
}

static void processes(void) {
    T(waitpid(-1, &status, 0));
    T(waitpid(-1, &status, WNOHANG));
    T(waitpid(getpid(), &status, 0));
    T(waitpid(-1, &status, 0x8000));
    T(wait(NULL));
    T(setpgid(0, -1));
    T(setpgid(99999, 0));
    T(getpgid(99999));
    T(getsid(99999));
    T(setpgid(0, 99999));
    T(setpgid(1, 0));
    if (fork() == 0) {
        setsid();
        T(setsid());
        _exit(0);
    }
    wait(NULL);
}

static void times_and_limits(void) {
    const struct timespec bad = {0, 1000000000}, neg = {-1, 0};
    const struct itimerval it = {{0, 0}, {0, 2000000}};
    struct rlimit rl = {5, 4};
    struct timespec now;
    T(nanosleep(&bad, NULL));
    T(nanosleep(&neg, NULL));
    T(clock_gettime(99, &now));
    T(setitimer(ITIMER_REAL, &it, NULL));
    T(setitimer(99, &it, NULL));
    T(alarm(0));
    T(setrlimit(RLIMIT_NOFILE, &rl));
    T(getrlimit(99, &rl));
    T(setrlimit(99, &rl));
    T(getpriority(99, 0));
    T(setpriority(PRIO_PROCESS, 99999, 1));
    T(getrusage(99, NULL));
}

static void memory(void) {
    T(mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    T(mmap(NULL, 4096, PROT_READ, MAP_ANONYMOUS, -1, 0));
    T(munmap((void *)1, 4096));
    T(munmap((void *)0x4000000, 0));
    T(mprotect((void *)0x40000000, 4096, PROT_READ));
    T(mprotect((void *)1, 4096, PROT_READ));
}

static void programs(void) {
    char *argv[] = {"x", NULL}, *envp[] = {NULL};
    char *big = malloc(3 << 20), *bigv[] = {"x", big, NULL};
    memset(big, 'a', (3 << 20) - 1);
    big[(3 << 20) - 1] = '\0';
    T(execve("nosuch", argv, envp));
    T(execve("folder", argv, envp));
    T(execve("plain", argv, envp));
    T(execve("script", argv, envp));
    T(execve("empty", argv, envp));
    T(execve("badinterp", argv, envp));
    T(execve("plain/x", argv, envp));
    T(execve("", argv, envp));
    T(execve("/bin/sh", bigv, envp));
    T(execve("loop", argv, envp));
    T(execve((char *)8, argv, envp));
}

static void descriptors(void) {
    struct termios t;
    struct winsize ws;
    const int r = open("plain", O_RDONLY), w = open("plain", O_WRONLY), d = open("folder", O_RDONLY);
    int p[2];
    pipe(p);
    T(pipe((int *)8));
    T(dup(99));
    T(dup(-1));
    T(dup2(99, 1));
    T(dup2(1, -1));
    T(dup2(1, 99999));
    T(fcntl(99, F_GETFD));
    T(fcntl(1, F_DUPFD, 99999));
    T(fcntl(1, F_DUPFD, -1));
    T(fcntl(1, 9999));
    T(close(-1));
    T(close(99));
    T(write(r, "x", 1));
    T(read(w, buffer, 1));
    T(read(d, buffer, 1));
    T(write(d, "x", 1));
    T(lseek(p[0], 0, SEEK_SET));
    T(lseek(r, -1, SEEK_SET));
    T(lseek(r, 0, 99));
    T(lseek(99, 0, SEEK_SET));
    T(write(w, (void *)8, 1));
    T(read(99, buffer, 1));
    T(read(r, buffer, 0));
    T(write(w, buffer, 0));
    T(ftruncate(r, 0));
    T(ftruncate(w, -1));
    T(ftruncate(p[1], 0));
    T(ftruncate(d, 0));
    T(fsync(p[0]));
    T(fsync(99));
    T(fchdir(r));
    T(fchdir(99));
    T(fstat(99, &file_status));
    T(fchmod(99, 0));
    T(read(p[1], buffer, 1));
    T(write(p[0], buffer, 1));
    T(tcgetpgrp(p[0]));
    T(tcgetpgrp(99));
    T(isatty(p[0]) ? 0 : -1);
    T(isatty(99) ? 0 : -1);
    T(tcgetattr(p[0], &t));
    T(tcgetattr(99, &t));
    T(ioctl(p[0], TIOCGWINSZ, &ws));
    T(tcsetpgrp(p[0], 1));
    signal(SIGPIPE, SIG_IGN);
    close(p[0]);
    T(write(p[1], "x", 1));
    close(p[1]);
    close(r);
    close(w);
    close(d);
}

static void opening(void) {
    char longname[300], longpath[6000];
    memset(longname, 'n', sizeof longname - 1);
    longname[sizeof longname - 1] = '\0';
    memset(longpath, '/', sizeof longpath - 1);
    longpath[sizeof longpath - 1] = '\0';
    T(open("nosuch", O_RDONLY));
    T(open("nosuch/x", O_CREAT | O_WRONLY, 0644));
    T(open("plain/x", O_RDONLY));
    T(open("folder", O_WRONLY));
    T(open("folder", O_RDWR));
    T(open("plain", O_CREAT | O_EXCL | O_WRONLY, 0644));
    T(open("link", O_CREAT | O_EXCL | O_WRONLY, 0644));
    T(open("link", O_RDONLY | O_NOFOLLOW));
    T(open("plain", O_RDONLY | O_DIRECTORY));
    T(open("loop", O_RDONLY));
    T(open("", O_RDONLY));
    T(open((char *)8, O_RDONLY));
    T(open("folder/", O_CREAT | O_WRONLY, 0644));
    T(open("newfile/", O_CREAT | O_WRONLY, 0644));
    T(open("folder", O_RDONLY | O_CREAT, 0644));
    T(open("/dev/null", O_WRONLY | O_TRUNC));
    T(open(longname, O_RDONLY));
    T(open(longpath, O_RDONLY));
    T(mkdir(longname, 0755));
    T(stat(longname, &file_status));
}

static void directories(void) {
    T(mkdir("folder", 0755));
    T(mkdir("plain", 0755));
    T(mkdir("nosuch/x", 0755));
    T(mkdir("plain/x", 0755));
    T(mkdir("", 0755));
    T(mkdir("/", 0755));
    T(mkdir("loop", 0755));
    T(mkdir(".", 0755));
    T(rmdir("folder"));
    T(rmdir("plain"));
    T(rmdir("nosuch"));
    T(rmdir("."));
    T(rmdir("folder/."));
    T(rmdir("folder/in/.."));
    T(rmdir("/"));
    T(rmdir("link"));
    T(rmdir(""));
    T(chdir("nosuch"));
    T(chdir("plain"));
    T(chdir(""));
    T(chdir("loop"));
    T(IF_NULL(getcwd(buffer, 0)));
    T(IF_NULL(getcwd(buffer, 2)));
    T(chmod("nosuch", 0644));
    T(chown("nosuch", 0, 0));
    T(access("nosuch", F_OK));
    T(access("plain", X_OK));
    T(access("plain", 99));
    T(access("plain/x", F_OK));
    T(stat("plain/", &file_status));
    T(lstat("loop", &file_status));
    T(stat("loop", &file_status));
    T(truncate("folder", 0));
    T(truncate("nosuch", 0));
    T(truncate("plain", -1));
    T(utime("nosuch", NULL));
    T(IF_NULL(opendir("plain")));
    T(IF_NULL(opendir("nosuch")));
    T(mkfifo("plain", 0644));
}

static void names(void) {
    T(unlink("folder"));
    T(unlink("nosuch"));
    T(unlink("plain/x"));
    T(unlink(""));
    T(unlink("plain/"));
    T(unlink("."));
    T(link("folder", "l2"));
    T(link("nosuch", "l2"));
    T(link("plain", "script"));
    T(link("plain", "nosuch/x"));
    T(link("plain", "plain/x"));
    T(link("plain", "folder"));
    T(symlink("x", "plain"));
    T(symlink("", "l3"));
    T(symlink("x", "nosuch/l"));
    T(readlink("plain", buffer, 10));
    T(readlink("nosuch", buffer, 10));
    T(readlink("link", buffer, 0));
    T(readlink("folder", buffer, 10));
    T(rename("nosuch", "x"));
    T(rename("folder", "folder/in/x"));
    T(rename("folder", "plain"));
    T(rename("plain", "folder"));
    T(rename("folder/in", "folder"));
    T(rename("plain", "nosuch/x"));
    T(rename("plain", "plain"));
    T(rename(".", "x"));
    T(rename("folder/..", "x"));
    T(rename("", "x"));
    T(rename("plain", ""));
}

static void waiting(void) {
    struct pollfd asked = {99, POLLIN, 0};
    T(poll(&asked, 1, 0));
    printf("%d\n", asked.revents == POLLNVAL);
    fd_set set;
    FD_ZERO(&set);
    FD_SET(40, &set);
    struct timeval time = {0, 0};
    T(select(41, &set, NULL, NULL, &time));
    time.tv_usec = -1;
    T(select(0, NULL, NULL, NULL, &time));
    T(select(-1, NULL, NULL, NULL, NULL));
}

static void library(void) {
    T(setenv("", "x", 1));
    T(setenv("a=b", "x", 1));
    T(unsetenv("a=b"));
    T(IF_NULL(fopen("nosuch", "r")));
    T(IF_NULL(fopen("plain", "q")));
    T(IF_NULL(fopen("folder", "w")));
    T(IF_NULL(fdopen(99, "r")));
    T(remove("nosuch"));
    T(remove("folder"));
    T(strtol("5", NULL, 99) == 0 ? -1 : 0);
}

static void make(const char *name, const char *contents, int mode) {
    const int file = open(name, O_CREAT | O_WRONLY, mode);
    write(file, contents, strlen(contents));
    close(file);
}

int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    make("plain", "", 0644);
    make("script", "no magic\n", 0755);
    make("empty", "", 0755);
    make("badinterp", "#!/no/such\n", 0755);
    mkdir("folder", 0755);
    mkdir("folder/in", 0755);
    symlink("loop", "loop");
    symlink("plain", "link");
    signals();
    processes();
    times_and_limits();
    memory();
    programs();
    descriptors();
    opening();
    directories();
    names();
    waiting();
    library();
    return 0;
}
