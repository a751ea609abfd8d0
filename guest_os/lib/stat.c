// What the kernel tells about files, as POSIX has it: cycles become seconds.

#include <errno.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <utime.h>

enum { CYCLES_PER_MICROSECOND = 1, MICROSECONDS_PER_SECOND = 1000000 };

int __stat(const char *path, struct file_status *status);
int __fstatat(int folder, const char *path, struct file_status *status, int flags);
int __fstat(int descriptor, struct file_status *status);
int utimens(const char *path, const unsigned long long cycles[2]);
int statfs(const char *path, struct file_system_status *status);

static struct timespec time_of(unsigned long long cycles) {
    const unsigned long long total = cycles / CYCLES_PER_MICROSECOND;
    return (struct timespec){.tv_sec = (time_t)(total / MICROSECONDS_PER_SECOND),
                             .tv_nsec = (long)(total % MICROSECONDS_PER_SECOND) * 1000};
}

static int convert(int result, const struct file_status *from, struct stat *to) {
    if (result < 0) return result;
    *to = (struct stat){.st_dev = from->device, .st_ino = from->inode, .st_mode = from->mode, .st_nlink = from->links,
                        .st_uid = from->uid, .st_gid = from->gid, .st_rdev = from->device_number,
                        .st_size = (off_t)from->size, .st_blksize = from->block_size, .st_blocks = from->blocks,
                        .st_atim = time_of(from->accessed), .st_mtim = time_of(from->modified),
                        .st_ctim = time_of(from->changed)};
    return 0;
}

int mkfifo(const char *path, mode_t mode) { return mknod(path, S_IFIFO | mode, 0); }

int stat(const char *restrict path, struct stat *restrict status) {
    struct file_status told;
    return convert(__stat(path, &told), &told, status);
}

int fstatat(int folder, const char *restrict path, struct stat *restrict status, int flags) {
    struct file_status told;
    return convert(__fstatat(folder, path, &told, flags), &told, status);
}

int lstat(const char *restrict path, struct stat *restrict status) {
    return fstatat(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}

int fstat(int descriptor, struct stat *status) {
    struct file_status told;
    return convert(__fstat(descriptor, &told), &told, status);
}

static int cycles_of(const struct timespec *time, unsigned long long *cycles) {
    if (time->tv_nsec == UTIME_NOW) {
        *cycles = TIME_NOW;
    } else if (time->tv_nsec == UTIME_OMIT) {
        *cycles = TIME_OMIT;
    } else if (time->tv_nsec < 0 || time->tv_nsec >= 1000000000) {
        errno = EINVAL;
        return -1;
    } else {
        const unsigned long long seconds = (unsigned long long)time->tv_sec;
        const unsigned long long microseconds = seconds * MICROSECONDS_PER_SECOND + (unsigned)time->tv_nsec / 1000;
        *cycles = microseconds * CYCLES_PER_MICROSECOND;
    }
    return 0;
}

int utimensat(int folder, const char *path, const struct timespec times[2], int flags) {
    unsigned long long cycles[2];
    if ((folder != AT_FDCWD && path[0] != '/') || flags != 0) {
        errno = EINVAL;
        return -1;
    }
    if (times == NULL) return utimens(path, NULL);
    if (cycles_of(&times[0], &cycles[0]) < 0 || cycles_of(&times[1], &cycles[1]) < 0) return -1;
    return utimens(path, cycles);
}

int utimes(const char *path, const struct timeval times[2]) {
    if (times == NULL) return utimens(path, NULL);
    const struct timespec both[2] = {{.tv_sec = times[0].tv_sec, .tv_nsec = times[0].tv_usec * 1000},
                                     {.tv_sec = times[1].tv_sec, .tv_nsec = times[1].tv_usec * 1000}};
    return utimensat(AT_FDCWD, path, both, 0);
}

int utime(const char *path, const struct utimbuf *times) {
    if (times == NULL) return utimens(path, NULL);
    const struct timespec both[2] = {{.tv_sec = times->actime}, {.tv_sec = times->modtime}};
    return utimensat(AT_FDCWD, path, both, 0);
}

int statvfs(const char *restrict path, struct statvfs *restrict status) {
    struct file_system_status told;
    if (statfs(path, &told) < 0) return -1;
    *status = (struct statvfs){.f_bsize = told.block_size, .f_frsize = told.block_size, .f_blocks = told.blocks,
                               .f_bfree = told.free_blocks, .f_bavail = told.free_blocks, .f_files = told.inodes,
                               .f_ffree = told.free_inodes, .f_favail = told.free_inodes, .f_namemax = told.longest_name};
    return 0;
}
