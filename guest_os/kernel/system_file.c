// System calls about files and descriptors.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "memory.h"
#include "process.h"
#include "system_call.h"
#include "terminal.h"
#include "trap.h"

// ---- descriptors ----

static struct file *find_file(uint32_t descriptor) {
    return descriptor < OPEN_MAX ? current_process()->files[descriptor] : 0;
}

// The lowest free descriptor now stands for the file; -EMFILE if all are in use.
static int install(struct file *file) {
    struct process *p = current_process();
    for (int i = 0; i < OPEN_MAX; i++) {
        if (p->files[i] != 0) continue;
        p->files[i] = file;
        p->close_on_exec &= ~(1u << i);
        return i;
    }
    return -EMFILE;
}

int system_dup(const uint32_t *argument) {
    struct file *file = find_file(argument[0]);
    if (file == 0) return -EBADF;
    const int descriptor = install(file);
    if (descriptor >= 0) file_share(file);
    return descriptor;
}

int system_dup2(const uint32_t *argument) {
    struct process *p = current_process();
    struct file *file = find_file(argument[0]);
    const uint32_t target = argument[1];
    if (file == 0 || target >= OPEN_MAX) return -EBADF;
    if (target == argument[0]) return (int)target;
    file_share(file);
    struct file *old = p->files[target];
    p->files[target] = file;
    p->close_on_exec &= ~(1u << target);
    if (old != 0) file_close(old);
    return (int)target;
}

int system_close(const uint32_t *argument) {
    struct file *file = find_file(argument[0]);
    if (file == 0) return -EBADF;
    current_process()->files[argument[0]] = 0;
    file_close(file);
    return 0;
}

int system_pipe(const uint32_t *argument) {
    struct process *p = current_process();
    int *descriptors = (int *)argument[0];
    if (argument[0] % sizeof(int) != 0 || user_check(argument[0], 2 * sizeof(int), ACCESS_WRITE) < 0) return -EFAULT;
    struct file *read_end = file_allocate();
    struct file *write_end = file_allocate();
    int error = read_end == 0 || write_end == 0 ? -ENFILE : pipe_create(read_end, write_end);
    const int first = error < 0 ? error : install(read_end);
    const int second = first < 0 ? first : install(write_end);
    if (second >= 0) {
        descriptors[0] = first;
        descriptors[1] = second;
        return 0;
    }
    if (first >= 0) p->files[first] = 0;
    if (read_end != 0) file_close(read_end);
    if (write_end != 0) file_close(write_end);
    return second;
}

// ---- open files ----

int system_read(const uint32_t *argument) {
    struct file *file = find_file(argument[0]);
    const uint32_t count = min_u32(argument[2], INT32_MAX);
    if (file == 0) return -EBADF;
    if (user_check(argument[1], count, ACCESS_WRITE) < 0) return -EFAULT;
    return count == 0 ? 0 : file_read(file, (void *)argument[1], count);
}

int system_write(const uint32_t *argument) {
    struct file *file = find_file(argument[0]);
    const uint32_t count = min_u32(argument[2], INT32_MAX);
    if (file == 0) return -EBADF;
    if (user_check(argument[1], count, ACCESS_READ) < 0) return -EFAULT;
    return file_write(file, (const void *)argument[1], count);
}

int system_lseek(const uint32_t *argument) {
    struct file *file = find_file(argument[0]);
    return file == 0 ? -EBADF : file_seek(file, (int)argument[1], (int)argument[2]);
}

int system_fstat(const uint32_t *argument) {
    struct file *file = find_file(argument[0]);
    struct stat status;
    if (file == 0) return -EBADF;
    if (user_check(argument[1], sizeof status, ACCESS_WRITE) < 0) return -EFAULT;
    const int error = file_stat(file, &status);
    memcpy((void *)argument[1], &status, sizeof status);
    return error;
}

int system_getdents(const uint32_t *argument) {
    struct file *file = find_file(argument[0]);
    if (file == 0 || !file->readable) return -EBADF;
    if (argument[2] < DIRECTORY_ENTRY_SIZE) return -EINVAL;
    if (user_check(argument[1], argument[2], ACCESS_WRITE) < 0) return -EFAULT;
    return file_entries(file, (void *)argument[1], argument[2]);
}

static bool is_terminal(const struct file *file) { return file != 0 && file->kind == FILE_CONSOLE; }

int system_isatty(const uint32_t *argument) {
    struct file *file = find_file(argument[0]);
    if (file == 0) return -EBADF;
    return is_terminal(file) && !console_is_plain() ? 1 : -ENOTTY;
}

// ---- names ----

static enum file_kind kind_of(const struct inode *inode) {
    if (inode_type(inode) != FILE_TYPE_DEVICE) return FILE_INODE;
    switch (inode->disk.direct[0]) {
        case FILE_DEVICE_CONSOLE: return FILE_CONSOLE;
        case FILE_DEVICE_NULL: return FILE_NULL;
        case FILE_DEVICE_ZERO: return FILE_ZERO;
        default: return FILE_NONE;
    }
}

static void fill_file(struct file *file, struct inode *inode, int flags) {
    file->kind = kind_of(inode);
    file->readable = (flags & O_ACCMODE) != O_WRONLY;
    file->writable = (flags & O_ACCMODE) != O_RDONLY;
    file->append = (flags & O_APPEND) != 0;
    file->inode = inode;
}

static int open_path(const char *path, int flags, uint32_t mode, struct file *file) {
    struct inode *inode;
    file_system_begin();
    const int error = path_open(path, flags, mode, &inode);
    if (error == 0) fill_file(file, inode, flags);
    file_system_end();
    if (error == 0 && file->kind == FILE_NONE) return -ENODEV;
    return error;
}

int system_open(const uint32_t *argument) {
    char path[PATH_MAX];
    const int flags = (int)argument[1];
    if ((flags & O_ACCMODE) == O_ACCMODE) return -EINVAL;
    int error = user_string(path, argument[0], sizeof path);
    if (error < 0) return error;
    struct file *file = file_allocate();
    if (file == 0) return -ENFILE;
    int descriptor = install(file);  // before the file system is changed: there must be a descriptor
    if (descriptor >= 0) {
        error = open_path(path, flags, argument[2], file);
        if (error == 0) {
            if (file->kind == FILE_CONSOLE) terminal_opened();
            if (flags & O_CLOEXEC) current_process()->close_on_exec |= 1u << descriptor;
            return descriptor;
        }
        current_process()->files[descriptor] = 0;
        descriptor = error;
    }
    file_close(file);
    return descriptor;
}

int system_stat(const uint32_t *argument) {
    char path[PATH_MAX];
    struct stat status;
    struct inode *inode;
    int error = user_string(path, argument[0], sizeof path);
    if (error < 0) return error;
    if (user_check(argument[1], sizeof status, ACCESS_WRITE) < 0) return -EFAULT;
    file_system_begin();
    error = path_find(path, &inode);
    if (error == 0) {
        inode_stat(inode, &status);
        inode_put(inode);
    }
    file_system_end();
    if (error == 0) memcpy((void *)argument[1], &status, sizeof status);
    return error;
}

int system_mkdir(const uint32_t *argument) {
    char path[PATH_MAX];
    int error = user_string(path, argument[0], sizeof path);
    if (error < 0) return error;
    file_system_begin();
    error = path_make_directory(path, argument[1]);
    file_system_end();
    return error;
}

static int unlink_path(uint32_t user_path, bool want_directory) {
    char path[PATH_MAX];
    int error = user_string(path, user_path, sizeof path);
    if (error < 0) return error;
    file_system_begin();
    error = path_unlink(path, want_directory);
    file_system_end();
    return error;
}

int system_unlink(const uint32_t *argument) { return unlink_path(argument[0], false); }

int system_rmdir(const uint32_t *argument) { return unlink_path(argument[0], true); }

int system_link(const uint32_t *argument) {
    char old_path[PATH_MAX], new_path[PATH_MAX];
    int error = user_string(old_path, argument[0], sizeof old_path);
    if (error == 0) error = user_string(new_path, argument[1], sizeof new_path);
    if (error < 0) return error;
    file_system_begin();
    error = path_link(old_path, new_path);
    file_system_end();
    return error;
}

int system_chdir(const uint32_t *argument) {
    char path[PATH_MAX];
    int error = user_string(path, argument[0], sizeof path);
    if (error < 0) return error;
    file_system_begin();
    error = path_change_directory(path);
    file_system_end();
    return error;
}

int system_getcwd(const uint32_t *argument) {
    if (argument[1] < 2) return -EINVAL;
    if (user_check(argument[0], argument[1], ACCESS_WRITE) < 0) return -EFAULT;
    file_system_begin();
    const int length = path_current((char *)argument[0], argument[1]);
    file_system_end();
    return length;
}
