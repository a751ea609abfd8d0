#pragma once
// Open files, and the kinds of things behind them: one small file each, which fills a table of functions.
//
//     descriptor --> struct file --> operations: file_inode.c   regular files, directories, /proc
//                      offset,                   pipe.c
//                      flags                     console.c      /dev/console, /dev/tty
//                                                devices.c      /dev/null, zero, full, random, disk

#include "lock.h"

#include <peach/fcntl.h>
#include <peach/file_system.h>
#include <peach/stat.h>
#include <stdbool.h>
#include <stdint.h>

#define FILE_COUNT 128  // open files of all processes

struct file;

// What the kinds of files do. A null pointer: this kind does not do that.
struct file_operations {
    int (*read)(struct file *file, void *buffer, uint32_t count);
    int (*write)(struct file *file, const void *buffer, uint32_t count);
    uint32_t (*poll)(struct file *file);  // POLLIN ... that hold now; null: always ready for both
    void (*close)(struct file *file);     // the last descriptor is gone
    bool has_offset;  // lseek() is sensible; read and write begin at the offset, and move it
};

// An open file: what a descriptor stands for. Descriptors that came from one open() through dup or fork share it,
// and so its position.
struct file {
    const struct file_operations *operations;  // null while it is being made
    int references;  // files_lock guards it
    bool readable;
    bool writable;
    int flags;  // O_APPEND and O_NONBLOCK, which fcntl() may change
    struct pipe *pipe;    // of a pipe or FIFO
    struct inode *inode;  // of whatever has a name; else null
    uint32_t offset;      // the file system's lock guards it
};

struct file *file_allocate(void);  // null if the table is full
struct file *file_share(struct file *file);
void file_close(struct file *file);
uint32_t file_count(void);  // of all processes
bool file_is_being_written(const struct inode *inode);
int file_read(struct file *file, void *buffer, uint32_t count);
int file_write(struct file *file, const void *buffer, uint32_t count);
int file_stat(struct file *file, struct file_status *status);
// The lowest free descriptor from there on, with a reference of its own; or -EMFILE.
int file_install(struct file *file, uint32_t lowest, bool close_on_exec);
void file_uninstall(uint32_t descriptor, struct file *file);  // and closes it, if it still stands for the file
void file_mark(uint32_t descriptor, bool close_on_exec);
struct process;
struct file *file_of(uint32_t descriptor);  // null if there is none
struct file *file_replace(uint32_t descriptor, struct file *file);
void file_release_held(struct process *thread);
void files_inherit(struct process *child, const struct process *parent);

// ---- file_inode.c ----

extern const struct file_operations inode_file_operations;

int file_seek(struct file *file, int offset, int whence);
int file_read_at(struct file *file, void *buffer, uint32_t count, uint32_t offset);
int file_write_at(struct file *file, const void *buffer, uint32_t count, uint32_t offset);
int file_entries(struct file *file, void *buffer, uint32_t count);

// ---- devices.c ----

const struct file_operations *device_operations(uint32_t device);  // null if there is none of that number

// ---- poll.c ----

void poll_wakeup(void);  // something has become ready, or has ended

// ---- console.c ----

extern const struct file_operations console_operations;

void console_put(char c);
void console_interrupt(void);
void console_open_line(void);  // on CPU 0
bool console_has_input(uint32_t count);  // terminal.lock is held

// ---- pipe.c ----

extern const struct file_operations pipe_operations;

int pipe_create(struct file *read_end, struct file *write_end);
int fifo_attach(struct file *file);          // to the pipe behind its inode
int fifo_wait_for_other_end(struct file *file);  // as open() does

// ---- exec.c ----

int exec(const char *path, uint32_t argv, uint32_t envp);
struct program;
void exec_as_leader(struct program *program);
