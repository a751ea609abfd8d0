// System calls about descriptors and open files.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "memory.h"
#include "process.h"
#include "system_call.h"
#include "terminal.h"
#include "trap.h"

#define STATUS_FLAGS (O_APPEND | O_NONBLOCK)  // those that fcntl(F_SETFL) changes

// ---- descriptors ----

int system_dup(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    return file == 0 ? -EBADF : file_install(file, 0, false);
}

int system_dup2(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    const uint32_t target = argument[1];
    if (file == 0 || target >= OPEN_MAX) return -EBADF;
    if (target >= current_process()->limits[RLIMIT_NOFILE].rlim_cur) return -EBADF;
    if (target == argument[0]) return (int)target;
    file_share(file);
    struct file *old = file_replace(target, file);
    if (old != 0) file_close(old);
    return (int)target;
}

int system_close(const uint32_t *argument) {
    struct file *file = argument[0] < OPEN_MAX ? file_replace(argument[0], 0) : 0;
    if (file == 0) return -EBADF;
    file_close(file);
    return 0;
}

static int flags_of(const struct file *file) {
    const int access = file->readable && file->writable ? O_RDWR : file->writable ? O_WRONLY : O_RDONLY;
    return access | file->flags;
}

int system_fcntl(const uint32_t *argument) {
    const uint32_t descriptor = argument[0];
    struct file *file = file_of(descriptor);
    if (file == 0) return -EBADF;
    switch (argument[1]) {
        case F_DUPFD:
        case F_DUPFD_CLOEXEC:
            return argument[2] >= OPEN_MAX ? -EINVAL : file_install(file, argument[2], argument[1] == F_DUPFD_CLOEXEC);
        case F_GETFD: return current_process()->close_on_exec & 1u << descriptor ? FD_CLOEXEC : 0;
        case F_SETFD: file_mark(descriptor, argument[2] & FD_CLOEXEC); return 0;
        case F_GETFL: return flags_of(file);
        case F_SETFL: file->flags = (int)argument[2] & STATUS_FLAGS; return 0;
        default: return -EINVAL;
    }
}

static int install_ends(struct file *read_end, struct file *write_end, bool close_on_exec, int *descriptors) {
    const int first = file_install(read_end, 0, close_on_exec);
    if (first < 0) return first;
    const int second = file_install(write_end, 0, close_on_exec);
    if (second < 0) {
        file_uninstall((uint32_t)first, read_end);
        return second;
    }
    descriptors[0] = first;
    descriptors[1] = second;
    return 0;
}

static int make_pipe(uint32_t descriptors, int flags) {
    if (descriptors % sizeof(int) != 0) return -EFAULT;
    if (user_check(descriptors, 2 * sizeof(int), ACCESS_WRITE) < 0) return -EFAULT;
    struct file *read_end = file_allocate();
    struct file *write_end = file_allocate();
    int error = read_end == 0 || write_end == 0 ? -ENFILE : pipe_create(read_end, write_end);
    if (error == 0) {
        read_end->flags = write_end->flags = flags & O_NONBLOCK;
        error = install_ends(read_end, write_end, flags & O_CLOEXEC, (int *)descriptors);
    }
    if (read_end != 0) file_close(read_end);
    if (write_end != 0) file_close(write_end);
    return error;
}

int system_pipe(const uint32_t *argument) { return make_pipe(argument[0], 0); }

int system_pipe2(const uint32_t *argument) {
    const int flags = (int)argument[1];
    return (flags & ~(O_NONBLOCK | O_CLOEXEC)) != 0 ? -EINVAL : make_pipe(argument[0], flags);
}

// ---- open files ----

// A buffer may be larger than memory, and what comes far smaller than the buffer. So a transfer goes piece by piece, each
// checked and pinned when its turn comes. No pipe and no line holds a whole piece: for those, the first is all.
#define PIECE (64u * 1024)

typedef int move_piece(struct file *file, void *buffer, uint32_t count, uint32_t offset);

static int move_all(struct file *file, const uint32_t *argument, enum access access, move_piece *move) {
    const uint32_t count = min_u32(argument[2], INT32_MAX);
    uint32_t done = 0;
    for (;;) {
        const uint32_t part = min_u32(count - done, PIECE);
        user_forget_checked();
        int moved = -EFAULT;
        if (user_check(argument[1] + done, part, access) == 0) moved = move(file, (void *)(argument[1] + done), part, argument[3] + done);
        if (moved < 0) return done > 0 ? (int)done : moved;
        done += (uint32_t)moved;
        if ((uint32_t)moved < part || done == count) return (int)done;
    }
}

static int read_on(struct file *file, void *to, uint32_t count, uint32_t) {
    const bool is_directory = file->inode != 0 && inode_type(file->inode) == FILE_TYPE_DIRECTORY;
    return count == 0 && !is_directory ? 0 : file_read(file, to, count);
}

static int write_on(struct file *file, void *from, uint32_t count, uint32_t) { return file_write(file, from, count); }

static int write_at(struct file *file, void *from, uint32_t count, uint32_t offset) {
    return file_write_at(file, from, count, offset);
}

int system_read(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    if (file == 0 || !file->readable) return -EBADF;
    return move_all(file, argument, ACCESS_WRITE, read_on);
}

int system_write(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    if (file == 0 || !file->writable) return -EBADF;
    return move_all(file, argument, ACCESS_READ, write_on);
}

int system_pread(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    if (file == 0 || !file->readable) return -EBADF;
    return (int)argument[3] < 0 ? -EINVAL : move_all(file, argument, ACCESS_WRITE, file_read_at);
}

int system_pwrite(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    if (file == 0 || !file->writable) return -EBADF;
    return (int)argument[3] < 0 ? -EINVAL : move_all(file, argument, ACCESS_READ, write_at);
}

int system_lseek(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    return file == 0 ? -EBADF : file_seek(file, (int)argument[1], (int)argument[2]);
}

int system_fstat(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    struct file_status status;
    if (file == 0) return -EBADF;
    if (user_check(argument[1], sizeof status, ACCESS_WRITE) < 0) return -EFAULT;
    const int error = file_stat(file, &status);
    memcpy((void *)argument[1], &status, sizeof status);
    return error;
}

int system_getdents(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    if (file == 0 || !file->readable) return -EBADF;
    const uint32_t count = min_u32(argument[2], PIECE);
    if (count < DIRECTORY_ENTRY_SIZE) return -EINVAL;
    if (user_check(argument[1], count, ACCESS_WRITE) < 0) return -EFAULT;
    return file_entries(file, (void *)argument[1], count);
}

int system_isatty(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    if (file == 0) return -EBADF;
    return file->operations == &console_operations && !console_is_plain() ? 1 : -ENOTTY;
}

// ---- open files that have an inode ----

static int with_inode(const struct file *file) {
    if (file == 0) return -EBADF;
    return file->inode == 0 ? -EINVAL : 0;
}

int system_ftruncate(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    if (file == 0) return -EBADF;
    if ((int)argument[1] < 0 || file->inode == 0 || !file->writable) return -EINVAL;
    if (inode_type(file->inode) != FILE_TYPE_REGULAR) return -EINVAL;
    file_system_begin();
    const int error = inode_resize(file->inode, argument[1]);
    file_system_end();
    return error;
}

int system_fchdir(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    if (file == 0) return -EBADF;
    if (file->inode == 0 || inode_type(file->inode) != FILE_TYPE_DIRECTORY) return -ENOTDIR;
    file_system_begin();
    const int error = inode_may(file->inode, MAY_EXECUTE);
    if (error == 0) inode_put(directory_exchange(current_process(), inode_share(file->inode)));
    file_system_end();
    return error;
}

int system_fchmod(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    int error = with_inode(file);
    if (error < 0) return error;
    file_system_begin();
    error = inode_change_mode(file->inode, argument[1]);
    file_system_end();
    return error;
}

int system_fchown(const uint32_t *argument) {
    struct file *file = file_of(argument[0]);
    int error = with_inode(file);
    if (error < 0) return error;
    file_system_begin();
    error = inode_change_owner(file->inode, argument[1], argument[2]);
    file_system_end();
    return error;
}

int system_fsync(const uint32_t *argument) {
    const int error = with_inode(file_of(argument[0]));
    if (error == 0) file_system_flush();
    return error;
}

int system_sync(const uint32_t *) {
    file_system_flush();
    return 0;
}

// ---- opening ----

static int open_inode(struct file *file, struct inode *inode, int flags) {
    const uint32_t type = inode_type(inode);
    const bool is_device = type == FILE_TYPE_DEVICE;
    const struct file_operations *operations = is_device ? device_operations(inode->disk.direct[0]) : &inode_file_operations;
    if (operations == 0) return -ENXIO;
    file->readable = (flags & O_ACCMODE) != O_WRONLY;
    file->writable = (flags & O_ACCMODE) != O_RDONLY;
    file->flags = flags & STATUS_FLAGS;
    file->inode = inode;
    file->operations = operations;
    return type == FILE_TYPE_FIFO ? fifo_attach(file) : 0;
}

static int open_path(const char *path, int flags, uint32_t mode, struct file *file) {
    struct inode *inode;
    file_system_begin();
    int error = path_open(path, flags, mode, &inode);
    if (error == 0) {
        error = open_inode(file, inode, flags);
        if (error < 0) {
            inode_put(inode);
            file->inode = 0;
        }
    }
    file_system_end();
    return error == 0 && file->pipe != 0 ? fifo_wait_for_other_end(file) : error;
}

int system_open(const uint32_t *argument) {
    char path[PATH_MAX];
    const int flags = (int)argument[1];
    if ((flags & O_ACCMODE) == O_ACCMODE) return -EINVAL;
    int error = user_string(path, argument[0], sizeof path);
    if (error < 0) return error;
    struct file *file = file_allocate();
    if (file == 0) return -ENFILE;
    const int descriptor = file_install(file, 0, flags & O_CLOEXEC);  // before the file system is changed: there must be one
    error = descriptor < 0 ? descriptor : open_path(path, flags, argument[2], file);
    if (error == 0 && file->operations == &console_operations) terminal_opened();
    if (error < 0 && descriptor >= 0) file_uninstall((uint32_t)descriptor, file);
    file_close(file);
    return error < 0 ? error : descriptor;
}
