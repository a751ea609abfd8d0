#pragma once

#include <getopt.h>
#include <peach/fcntl.h>  // SEEK_SET, SEEK_CUR, SEEK_END
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define _POSIX_VERSION 200809L

#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2

#define F_OK 0
#define X_OK 1
#define W_OK 2
#define R_OK 4

// Questions for sysconf() and pathconf().
enum { _SC_ARG_MAX, _SC_CHILD_MAX, _SC_CLK_TCK, _SC_OPEN_MAX, _SC_PAGESIZE, _SC_NPROCESSORS_CONF, _SC_NPROCESSORS_ONLN,
       _SC_LINE_MAX, _SC_HOST_NAME_MAX, _SC_STREAM_MAX, _SC_VERSION };
#define _SC_PAGE_SIZE _SC_PAGESIZE
enum { _PC_NAME_MAX, _PC_PATH_MAX, _PC_PIPE_BUF };

extern char **environ;

pid_t fork(void);
pid_t vfork(void);  // is fork()
pid_t getpid(void);
pid_t getppid(void);
pid_t gettid(void);
uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);
int getgroups(int size, gid_t groups[]);  // a process has no groups beside those two
int setuid(uid_t uid);
int seteuid(uid_t uid);
int setgid(gid_t gid);
int setegid(gid_t gid);
int nice(int increment);
char *getpass(const char *prompt);
_Noreturn void _exit(int status);

int execve(const char *path, char *const argv[], char *const envp[]);
int execv(const char *path, char *const argv[]);
int execvp(const char *file, char *const argv[]);
int execvpe(const char *file, char *const argv[], char *const envp[]);
int execl(const char *path, const char *argument, ...);
int execlp(const char *file, const char *argument, ...);
int execle(const char *path, const char *argument, ...);

ssize_t read(int descriptor, void *buffer, size_t count);
ssize_t write(int descriptor, const void *buffer, size_t count);
int close(int descriptor);
off_t lseek(int descriptor, off_t offset, int whence);
int dup(int descriptor);
int dup2(int descriptor, int target);
int pipe(int descriptors[2]);
int isatty(int descriptor);

ssize_t pread(int descriptor, void *buffer, size_t count, off_t offset);
ssize_t pwrite(int descriptor, const void *buffer, size_t count, off_t offset);
int dup3(int descriptor, int target, int flags);
int pipe2(int descriptors[2], int flags);
int fsync(int descriptor);
int fdatasync(int descriptor);
void sync(void);

int access(const char *path, int mode);
int chdir(const char *path);
int fchdir(int descriptor);
int symlink(const char *target, const char *path);
ssize_t readlink(const char *__restrict path, char *__restrict buffer, size_t size);
int truncate(const char *path, off_t size);
int ftruncate(int descriptor, off_t size);
int chown(const char *path, uid_t user, gid_t group);
int fchown(int descriptor, uid_t user, gid_t group);
int lchown(const char *path, uid_t user, gid_t group);
char *getcwd(char *buffer, size_t size);
int link(const char *old_path, const char *new_path);
int unlink(const char *path);
int rmdir(const char *path);

void *sbrk(intptr_t increment);
int brk(void *end);

int setpgid(pid_t pid, pid_t group);
pid_t getpgid(pid_t pid);
pid_t getpgrp(void);
int setpgrp(void);
char *ttyname(int descriptor);
int ttyname_r(int descriptor, char *name, size_t size);
char *getlogin(void);
int tcsetpgrp(int descriptor, pid_t group);
pid_t tcgetpgrp(int descriptor);

pid_t setsid(void);
pid_t getsid(pid_t pid);

unsigned alarm(unsigned seconds);
unsigned ualarm(unsigned microseconds, unsigned interval);
int pause(void);
unsigned sleep(unsigned seconds);
int usleep(unsigned microseconds);
int getpagesize(void);
int getdtablesize(void);
long sysconf(int name);
long pathconf(const char *path, int name);
long fpathconf(int descriptor, int name);
int gethostname(char *name, size_t size);

// Peach's own, beside POSIX.
int sleep_cycles(unsigned low, unsigned high);
int clock_cycles(unsigned long long *cycles);
int kernel_log(char *buffer, unsigned size);  // what dmesg shows; returns how many bytes
int poweroff(int status);
