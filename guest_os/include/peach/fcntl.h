#pragma once
// Flags of open() and origins of lseek(), shared by kernel and libc.

#define O_RDONLY 0
#define O_WRONLY 1
#define O_RDWR 2
#define O_ACCMODE 3

#define O_CREAT 0100       // make the file if it does not exist
#define O_EXCL 0200        // with O_CREAT: fail if it does
#define O_NOCTTY 0400      // accepted: a terminal that is opened is nobody's but who takes it with setsid()
#define O_TRUNC 01000      // empty it first
#define O_APPEND 02000     // every write goes to the end
#define O_NONBLOCK 04000   // EAGAIN instead of waiting
#define O_DIRECTORY 0200000  // fail if it is not a directory
#define O_NOFOLLOW 0400000   // fail if it is a symbolic link
#define O_SYNC 04010000      // accepted: what is written is committed at once anyway, fsync() tells when
#define O_CLOEXEC 02000000   // execve closes the descriptor

// Commands of fcntl().
#define F_DUPFD 0  // the lowest free descriptor from the argument on
#define F_GETFD 1
#define F_SETFD 2
#define F_GETFL 3
#define F_SETFL 4  // O_APPEND and O_NONBLOCK
#define F_DUPFD_CLOEXEC 1030

#define FD_CLOEXEC 1

// For fstatat() and its like.
#define AT_FDCWD (-100)             // as a folder: the current directory
#define AT_SYMLINK_NOFOLLOW 0x100u  // a link itself, not what it stands for

#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
