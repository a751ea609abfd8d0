// Open files that have contents at an offset: regular files, directories, the files of /proc.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "process.h"

#define WRITE_PIECE (8 * BLOCK_SIZE)  // how much of a write goes into one operation of the file system

// Reads and writes go from *offset on, which moves: that of the file, or one for the time of a pread().
static int read_from(struct file *file, void *buffer, uint32_t count, uint32_t *offset) {
    file_system_begin();
    int result = -EISDIR;
    if (inode_type(file->inode) != FILE_TYPE_DIRECTORY) {
        result = file->inode->operations->read(file->inode, buffer, *offset, count);
        if (result > 0) *offset += (uint32_t)result;
    }
    file_system_end();
    return result;
}

static int write_piece(struct file *file, const void *from, uint32_t count, uint32_t *offset) {
    const uint32_t limit = current_process()->limits[RLIMIT_FSIZE].rlim_cur;
    file_system_begin();
    if (file->flags & O_APPEND) *offset = file->inode->disk.size;
    int result = -EFBIG;
    if (*offset < INT32_MAX && limit_allows_file(*offset + 1)) {
        count = min_u32(count, min_u32(limit, INT32_MAX) - *offset);
        result = inode_write(file->inode, from, *offset, count);
        if (result > 0) *offset += (uint32_t)result;
    }
    file_system_end();
    return result;
}

static int write_from(struct file *file, const void *buffer, uint32_t count, uint32_t *offset) {
    const char *from = buffer;
    uint32_t done = 0;
    while (done < count) {
        const uint32_t part = min_u32(count - done, WRITE_PIECE);
        const int written = write_piece(file, from + done, part, offset);
        if (written < 0) return done > 0 ? (int)done : written;
        done += (uint32_t)written;
        if ((uint32_t)written < part) break;
    }
    return (int)done;
}

static int read_inode(struct file *file, void *buffer, uint32_t count) {
    return read_from(file, buffer, count, &file->offset);
}

static int write_inode(struct file *file, const void *buffer, uint32_t count) {
    return write_from(file, buffer, count, &file->offset);
}

int file_read_at(struct file *file, void *buffer, uint32_t count, uint32_t offset) {
    return file->operations == &inode_file_operations ? read_from(file, buffer, count, &offset) : -ESPIPE;
}

int file_write_at(struct file *file, const void *buffer, uint32_t count, uint32_t offset) {
    return file->operations == &inode_file_operations ? write_from(file, buffer, count, &offset) : -ESPIPE;
}

const struct file_operations inode_file_operations = {
    .read = read_inode,
    .write = write_inode,
    .has_offset = true,
};

int file_seek(struct file *file, int offset, int whence) {
    if (file->operations == 0 || !file->operations->has_offset) return -ESPIPE;
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

int file_entries(struct file *file, void *buffer, uint32_t count) {
    if (file->operations != &inode_file_operations) return -ENOTDIR;
    file_system_begin();
    int result = -ENOTDIR;
    if (inode_type(file->inode) == FILE_TYPE_DIRECTORY) {
        result = file->inode->operations->entries(file->inode, &file->offset, buffer, count);
    }
    file_system_end();
    return result;
}
