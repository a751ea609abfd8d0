#pragma once
// Flags of open() and origins of lseek(), shared by kernel and libc.

#define O_RDONLY 0
#define O_WRONLY 1
#define O_RDWR 2
#define O_ACCMODE 3

#define O_CREAT 0100       // make the file if it does not exist
#define O_EXCL 0200        // with O_CREAT: fail if it does
#define O_TRUNC 01000      // empty it first
#define O_APPEND 02000     // every write goes to the end
#define O_NONBLOCK 04000   // accepted and kept; nothing obeys it yet
#define O_DIRECTORY 0200000  // fail if it is not a directory
#define O_CLOEXEC 02000000   // execve closes the descriptor

#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
