// Wild pointers in every system call that takes one: prints those that did not fail with EFAULT. A path of length
// zero is ENOENT elsewhere, so addresses that hold a readable zero are not among these.

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

// The calls themselves, without what libc does for them.
int __sigaction(int signal, const struct sigaction *action, struct sigaction *old_action);
int futex_wait(const unsigned *word, unsigned value, const unsigned long long *limit);
int usage(int who, struct process_usage *used);
static unsigned aligned_word;
int __setitimer(const unsigned long long set[2], unsigned long long old[2]);
int __stat(const char *path, void *status);
int __fstat(int descriptor, void *status);
int __poll(void *asked, unsigned count, unsigned low, unsigned high);
int statfs(const char *path, void *status);
int utimens(const char *path, void *times);

static void expect_fault(const char *call, unsigned address, int result) {
    if (result != -1 || errno != EFAULT) printf("%s(%x): result %d, errno %d\n", call, address, result, errno);
}

static void try_everything(unsigned address) {
    void *wild = (void *)address;
    const int file = open("/bin/sh", O_RDONLY);
    const int directory = open("/", O_RDONLY);
    expect_fault("open", address, open(wild, O_RDONLY));
    expect_fault("read", address, read(file, wild, 100));
    expect_fault("write", address, write(1, wild, 100));
    expect_fault("stat", address, __stat(wild, wild));
    expect_fault("stat status", address, __stat("/", wild));
    expect_fault("fstat", address, __fstat(file, wild));
    expect_fault("mkdir", address, mkdir(wild, 0755));
    expect_fault("unlink", address, unlink(wild));
    expect_fault("rmdir", address, rmdir(wild));
    expect_fault("link", address, link(wild, "/tmp/x"));
    expect_fault("link target", address, link("/bin/sh", wild));
    expect_fault("rename", address, rename(wild, "/tmp/x"));
    expect_fault("rename target", address, rename("/tmp", wild));
    expect_fault("symlink", address, symlink(wild, "/tmp/x"));
    expect_fault("symlink path", address, symlink("x", wild));
    expect_fault("readlink", address, readlink("/dev/urandom", wild, 100));
    expect_fault("readlink path", address, readlink(wild, (char *)&address, 4));
    expect_fault("chmod", address, chmod(wild, 0600));
    expect_fault("chown", address, chown(wild, 1, 1));
    expect_fault("access", address, access(wild, R_OK));
    expect_fault("truncate", address, truncate(wild, 0));
    expect_fault("pipe2", address, pipe2(wild, O_CLOEXEC));
    expect_fault("poll", address, __poll(wild, 2, 0, 0));
    expect_fault("statfs", address, statfs("/", wild));
    expect_fault("utimens", address, utimens(wild, 0));
    expect_fault("chdir", address, chdir(wild));
    expect_fault("pipe", address, pipe(wild));
    expect_fault("execve", address, execve(wild, NULL, NULL));
    if (wild != NULL) expect_fault("execve argv", address, execve("/bin/true", wild, NULL));
    if (wild != NULL) expect_fault("execve envp", address, execve("/bin/true", NULL, wild));
    if (wild != NULL) expect_fault("waitpid", address, waitpid(-1, wild, WNOHANG));
    if (wild != NULL) {
        expect_fault("sigaction", address, __sigaction(SIGUSR1, wild, NULL));
        expect_fault("sigaction old", address, __sigaction(SIGUSR1, NULL, wild));
        expect_fault("sigprocmask", address, sigprocmask(SIG_BLOCK, wild, NULL));
        expect_fault("sigprocmask old", address, sigprocmask(SIG_BLOCK, NULL, wild));
        expect_fault("setitimer old", address, __setitimer(NULL, wild));
    }
    expect_fault("sigpending", address, sigpending(wild));
    expect_fault("sigsuspend", address, sigsuspend(wild));
    expect_fault("kernel_log", address, kernel_log(wild, 100));
    expect_fault("getrlimit", address, getrlimit(RLIMIT_CPU, wild));
    expect_fault("setrlimit", address, setrlimit(RLIMIT_CPU, wild));
    expect_fault("usage", address, usage(RUSAGE_SELF, wild));
    if (address % 4 == 0) expect_fault("futex_wait", address, futex_wait(wild, 1, NULL));
    if (wild != NULL) expect_fault("futex_wait limit", address, futex_wait(&aligned_word, 0, wild));
    close(file);
    close(directory);
}

int main(void) {
    static const unsigned wild[] = {0, 0xFFF, 0x40000000, 0x7FA00000, 0x80000000, 0x80001000, 0xF0005000, 0xFFFFFFFF};
    for (unsigned i = 0; i < sizeof wild / sizeof wild[0]; i++) try_everything(wild[i]);
    expect_fault("write wraps", 0x10000, write(1, (void *)0x10000, 0xFFFFFFF0));
    expect_fault("write too far", 0x10000, write(1, (void *)0x10000, 0x7FFFFFFF));
    printf("done\n");
    return 0;
}
