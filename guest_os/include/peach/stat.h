#pragma once
// What stat() and fstat() tell. libc's <sys/stat.h> includes this.

#include <stdint.h>

struct stat {
    uint32_t st_dev;      // 1: the disk; 0: no file system (a pipe)
    uint32_t st_ino;      // number of the inode
    uint32_t st_mode;     // type and permissions
    uint32_t st_nlink;    // names the file has
    uint32_t st_uid;
    uint32_t st_gid;
    uint32_t st_rdev;     // for a device: which (DEVICE_... in peach/file_system.h)
    uint32_t st_size;     // bytes
    uint32_t st_blksize;  // bytes that are good to read at a time
    uint32_t st_blocks;   // of 512 bytes, by tradition
    uint64_t st_mtime;    // cycle of the last change, in this boot
};

#define S_IFMT 0170000
#define S_IFIFO 0010000
#define S_IFCHR 0020000
#define S_IFDIR 0040000
#define S_IFREG 0100000

#define S_ISFIFO(mode) (((mode) & S_IFMT) == S_IFIFO)
#define S_ISCHR(mode) (((mode) & S_IFMT) == S_IFCHR)
#define S_ISDIR(mode) (((mode) & S_IFMT) == S_IFDIR)
#define S_ISREG(mode) (((mode) & S_IFMT) == S_IFREG)
