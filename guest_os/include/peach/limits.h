#pragma once
// Sizes that kernel and programs agree on.

#define PROCESS_COUNT 64   // slots in the process table
#define OPEN_MAX 32        // descriptors of a process: a bit of a word for each
#define NAME_MAX 59        // bytes in a file name
#define PATH_MAX 256       // bytes in a path, with the NUL
#define SYMLOOP_MAX 40     // symbolic links on a path
#define ARG_MAX 32768      // bytes of arguments and environment that execve takes
#define PIPE_BUF 512       // a write of so many bytes to a pipe is never interleaved with another's
#define PROCESS_NAME_MAX 16  // bytes in a process's name, with the NUL
