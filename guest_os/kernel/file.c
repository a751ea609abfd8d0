// Open files: one table for all, and what reading and writing mean for each kind.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "process.h"

#define FILE_COUNT 128
#define WRITE_PIECE (8 * BLOCK_SIZE)  // how much of a write goes into one operation of the file system

static struct file files[FILE_COUNT];
static struct spinlock files_lock = {.name = "open files"};

struct file *file_allocate(void) {
    acquire(&files_lock);
    struct file *file = files;
    while (file < files + FILE_COUNT && file->references > 0) file++;
    if (file < files + FILE_COUNT) {
        *file = (struct file){.references = 1};
    } else {
        file = 0;
    }
    release(&files_lock);
    return file;
}

struct file *file_share(struct file *file) {
    acquire(&files_lock);
    file->references++;
    release(&files_lock);
    return file;
}

void file_close(struct file *file) {
    acquire(&files_lock);
    const struct file last = *file;
    file->references--;
    release(&files_lock);
    if (last.references > 1) return;
    if (last.kind == FILE_PIPE) pipe_close(last.pipe, last.writable);
    if (last.inode == 0) return;
    file_system_begin();
    inode_put(last.inode);
    file_system_end();
}

// ---- reading and writing ----

static int read_inode(struct file *file, void *buffer, uint32_t count) {
    file_system_begin();
    int result = -EISDIR;
    if (inode_type(file->inode) != FILE_TYPE_DIRECTORY) {
        result = inode_read(file->inode, buffer, file->offset, count);
        if (result > 0) file->offset += (uint32_t)result;
    }
    file_system_end();
    return result;
}

int file_read(struct file *file, void *buffer, uint32_t count) {
    if (!file->readable) return -EBADF;
    switch (file->kind) {
        case FILE_PIPE: return pipe_read(file->pipe, buffer, count);
        case FILE_CONSOLE: return console_read(buffer, count);
        case FILE_INODE: return read_inode(file, buffer, count);
        case FILE_ZERO: memset(buffer, 0, count); return (int)count;
        default: return 0;
    }
}

static int write_piece(struct file *file, const void *from, uint32_t count) {
    file_system_begin();
    if (file->append) file->offset = file->inode->disk.size;
    int result = -EFBIG;
    if (file->offset <= INT32_MAX - count) result = inode_write(file->inode, from, file->offset, count);
    if (result > 0) file->offset += (uint32_t)result;
    file_system_end();
    return result;
}

static int write_inode(struct file *file, const char *from, uint32_t count) {
    uint32_t done = 0;
    while (done < count) {
        const uint32_t part = min_u32(count - done, WRITE_PIECE);
        const int written = write_piece(file, from + done, part);
        if (written < 0) return done > 0 ? (int)done : written;
        done += (uint32_t)written;
        if ((uint32_t)written < part) break;
    }
    return (int)done;
}

int file_write(struct file *file, const void *buffer, uint32_t count) {
    if (!file->writable) return -EBADF;
    switch (file->kind) {
        case FILE_PIPE: return pipe_write(file->pipe, buffer, count);
        case FILE_CONSOLE: return console_write(buffer, count);
        case FILE_INODE: return write_inode(file, buffer, count);
        default: return (int)count;
    }
}

// ---- the rest ----

int file_seek(struct file *file, int offset, int whence) {
    if (file->kind != FILE_INODE) return -ESPIPE;
    file_system_begin();
    int64_t place = offset;
    if (whence == SEEK_CUR) place += file->offset;
    if (whence == SEEK_END) place += file->inode->disk.size;
    int result = -EINVAL;
    if (whence >= SEEK_SET && whence <= SEEK_END && place >= 0 && place <= INT32_MAX) {
        file->offset = (uint32_t)place;
        result = (int)place;
    }
    file_system_end();
    return result;
}

int file_stat(struct file *file, struct stat *status) {
    if (file->inode != 0) {
        file_system_begin();
        inode_stat(file->inode, status);
        file_system_end();
        return 0;
    }
    *status = (struct stat){.st_mode = file->kind == FILE_PIPE ? S_IFIFO | 0600 : S_IFCHR | 0600,
                            .st_nlink = 1,
                            .st_rdev = file->kind == FILE_CONSOLE ? FILE_DEVICE_CONSOLE : 0,
                            .st_blksize = PIPE_BUF};
    return 0;
}

int file_entries(struct file *file, void *buffer, uint32_t count) {
    if (file->kind != FILE_INODE) return -ENOTDIR;
    file_system_begin();
    int result = -ENOTDIR;
    if (inode_type(file->inode) == FILE_TYPE_DIRECTORY) {
        result = directory_entries(file->inode, &file->offset, buffer, count);
    }
    file_system_end();
    return result;
}
