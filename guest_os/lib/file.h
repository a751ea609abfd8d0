#pragma once
// What a FILE is inside. One buffer serves reading or writing, never both at once:
//
//   reading   [ taken | waiting          | free ]       writing   [ waiting      | free ]
//             0       position           filled               0              position
//
#include "thread.h"

#include <stdbool.h>
#include <stdio.h>

// What a FILE does instead of system calls if there is no descriptor behind it.
struct __stream_calls {
    ssize_t (*read)(void *stream, char *bytes, size_t count);
    ssize_t (*write)(void *stream, const char *bytes, size_t count);
    off_t (*seek)(void *stream, off_t offset, int whence);
    int (*close)(void *stream);
};

struct __file {
    int descriptor;                      // -1: `stream` instead
    const struct __stream_calls *calls;  // for it
    void *stream;
    struct __lock lock;  // held while a function works with the rest
    char *buffer;
    size_t size;
    size_t position;  // next byte to take, or to fill
    size_t filled;    // reading: bytes in the buffer
    int buffering;    // _IOFBF, _IOLBF or _IONBF
    bool can_read, can_write, appends;
    bool reading, writing;  // what the buffer is used for at the moment
    bool at_end, failed;
    bool owns_buffer;
    bool buffering_chosen;  // else a terminal will be found out at the first use
    int pushed_back;        // by ungetc, -1 if none
    int child;              // of popen, 0 if none
    FILE *next;             // all open files, so that exit can flush them
};

void __flush_all_files(void);
void __unlock_files_of_others(void);  // in a new child
void __close_other_ends(void);  // in a new child: what popen has given to its parent

// A FILE with a buffer, open for what the mode says.
FILE *__new_file(const char *mode);
ssize_t __read_bytes(FILE *file, char *bytes, size_t count);

// Makes the buffer ready for reading or for writing; false, with errno set, if the file is not open for that.
bool __start_reading(FILE *file);
bool __start_writing(FILE *file);
