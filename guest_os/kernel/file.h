#pragma once
// Open files, and the things behind them.

#include "lock.h"

#include <peach/fcntl.h>
#include <peach/file_system.h>
#include <peach/stat.h>
#include <stdbool.h>
#include <stdint.h>

enum file_kind { FILE_NONE, FILE_PIPE, FILE_INODE, FILE_CONSOLE, FILE_NULL, FILE_ZERO };

// An open file: what a descriptor stands for. Descriptors that came from one open() through dup or fork share it,
// and so its position.
struct file {
    enum file_kind kind;
    int references;  // files_lock guards it
    bool readable;
    bool writable;
    bool append;
    struct pipe *pipe;    // FILE_PIPE
    struct inode *inode;  // FILE_INODE, and the devices that have one; else null
    uint32_t offset;      // FILE_INODE; the file system's lock guards it
};

struct file *file_allocate(void);  // null if the table is full
struct file *file_share(struct file *file);
void file_close(struct file *file);
int file_read(struct file *file, void *buffer, uint32_t count);
int file_write(struct file *file, const void *buffer, uint32_t count);
int file_seek(struct file *file, int offset, int whence);
int file_stat(struct file *file, struct stat *status);
int file_entries(struct file *file, void *buffer, uint32_t count);

// ---- console.c ----

void console_put(char c);
int console_read(void *buffer, uint32_t count);
int console_write(const void *buffer, uint32_t count);
void console_interrupt(void);
void console_open_line(void);  // on CPU 0
bool console_has_input(uint32_t count);  // terminal.lock is held

// ---- pipe.c ----

int pipe_create(struct file *read_end, struct file *write_end);
void pipe_close(struct pipe *pipe, bool write_end);
int pipe_read(struct pipe *pipe, void *buffer, uint32_t count);
int pipe_write(struct pipe *pipe, const void *buffer, uint32_t count);

// ---- exec.c ----

int exec(const char *path, uint32_t argv, uint32_t envp);
