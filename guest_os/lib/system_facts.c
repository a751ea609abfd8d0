// What a program may ask about the system: its name, its sizes, its CPUs.

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <peach/abi.h>

enum { TICKS_PER_SECOND = 100 };

int uname(struct utsname *name) {
    *name = (struct utsname){.sysname = "PeachOS", .nodename = "peach", .release = "1", .version = "under glass",
                             .machine = "peach32"};
    return 0;
}

int gethostname(char *name, size_t size) {
    struct utsname told;
    uname(&told);
    if (strlcpy(name, told.nodename, size) < size) return 0;
    errno = ENAMETOOLONG;
    return -1;
}

static long count_cpus(void) {
    long count = 0;
    char line[64];
    FILE *file = fopen("/proc/stat", "re");
    if (file == NULL) return 1;
    while (fgets(line, sizeof line, file) != NULL) count += strncmp(line, "cpu", 3) == 0;
    fclose(file);
    return count;
}

int get_nprocs(void) { return (int)count_cpus(); }
int get_nprocs_conf(void) { return get_nprocs(); }

static long limit_of(int resource) {
    struct rlimit limit;
    return getrlimit(resource, &limit) < 0 || limit.rlim_cur == RLIM_INFINITY ? -1 : (long)limit.rlim_cur;
}

long sysconf(int name) {
    switch (name) {
        case _SC_ARG_MAX: return ARG_MAX;
        case _SC_CHILD_MAX: return limit_of(RLIMIT_NPROC);
        case _SC_CLK_TCK: return TICKS_PER_SECOND;
        case _SC_OPEN_MAX: return limit_of(RLIMIT_NOFILE);
        case _SC_PAGESIZE: return getpagesize();
        case _SC_LINE_MAX: return LINE_MAX;
        case _SC_HOST_NAME_MAX: return HOST_NAME_MAX;
        case _SC_STREAM_MAX: return FOPEN_MAX;
        case _SC_VERSION: return _POSIX_VERSION;
        case _SC_NPROCESSORS_CONF:
        case _SC_NPROCESSORS_ONLN: return count_cpus();
        default: errno = EINVAL; return -1;
    }
}

static long fact_of_files(int name) {
    switch (name) {
        case _PC_NAME_MAX: return NAME_MAX;
        case _PC_PATH_MAX: return PATH_MAX;
        case _PC_PIPE_BUF: return PIPE_BUF;
        default: errno = EINVAL; return -1;
    }
}

long pathconf(const char *path, int name) { return access(path, F_OK) < 0 ? -1 : fact_of_files(name); }
long fpathconf(int descriptor, int name) { return fcntl(descriptor, F_GETFD) < 0 ? -1 : fact_of_files(name); }

int getdtablesize(void) { return (int)limit_of(RLIMIT_NOFILE); }
