#pragma once
// What the stat() system calls tell. libc makes a struct stat of it.

#include <stdint.h>

struct file_status {
    uint32_t device;         // what it is on: 1: the disk, 2: /proc, 0: nothing (a pipe)
    uint32_t inode;          // its number
    uint32_t mode;           // type and permissions
    uint32_t links;          // names the file has
    uint32_t uid;
    uint32_t gid;
    uint32_t device_number;  // of a device: which (DEVICE_... in peach/file_system.h)
    uint32_t size;           // bytes
    uint32_t block_size;     // bytes that are good to read at a time
    uint32_t blocks;         // of 512 bytes, by tradition
    uint64_t accessed;       // cycles
    uint64_t modified;
    uint64_t changed;
};

// For utimens(): the present, and no change.
#define TIME_NOW UINT64_MAX
#define TIME_OMIT (UINT64_MAX - 1)

// What the statfs() system call tells.
struct file_system_status {
    uint32_t block_size;
    uint32_t blocks;  // for files, directories and their tables
    uint32_t free_blocks;
    uint32_t inodes;
    uint32_t free_inodes;
    uint32_t longest_name;
};

#define S_IFMT 0170000
#define S_IFIFO 0010000
#define S_IFCHR 0020000
#define S_IFDIR 0040000
#define S_IFBLK 0060000   // never: for programs that ask
#define S_IFREG 0100000
#define S_IFLNK 0120000
#define S_IFSOCK 0140000  // never
#define S_ISUID 04000
#define S_ISGID 02000
#define S_ISVTX 01000

#define S_ISFIFO(mode) (((mode) & S_IFMT) == S_IFIFO)
#define S_ISCHR(mode) (((mode) & S_IFMT) == S_IFCHR)
#define S_ISDIR(mode) (((mode) & S_IFMT) == S_IFDIR)
#define S_ISREG(mode) (((mode) & S_IFMT) == S_IFREG)
#define S_ISBLK(mode) (((mode) & S_IFMT) == S_IFBLK)
#define S_ISSOCK(mode) (((mode) & S_IFMT) == S_IFSOCK)
#define S_ISLNK(mode) (((mode) & S_IFMT) == S_IFLNK)
