// System calls about files by name.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "memory.h"
#include "process.h"
#include "system_call.h"

// ---- those that look a file up and do something with it ----

// The inode of a path from user memory, inside the bracket; it is to be closed by leave() if the result is 0.
static int enter_as(uint32_t uid, uint32_t gid, uint32_t user_path, bool follow, struct inode **inode) {
    char path[PATH_MAX];
    int error = user_string(path, user_path, sizeof path);
    if (error < 0) return error;
    file_system_begin();
    error = path_find_as(uid, gid, path, follow, inode);
    if (error < 0) file_system_end();
    return error;
}

static int enter(uint32_t user_path, bool follow, struct inode **inode) {
    return enter_as(current_process()->euid, current_process()->egid, user_path, follow, inode);
}

static int leave(struct inode *inode, int result) {
    inode_put(inode);
    file_system_end();
    return result;
}

// What there is to tell, for the user; ends what enter() began.
static int tell_status(struct inode *inode, uint32_t to) {
    struct file_status status;
    inode_stat(inode, &status);
    leave(inode, 0);
    memcpy((void *)to, &status, sizeof status);
    return 0;
}

int system_stat(const uint32_t *argument) {
    struct inode *inode;
    if (user_check(argument[1], sizeof(struct file_status), ACCESS_WRITE) < 0) return -EFAULT;
    const int error = enter(argument[0], FOLLOW, &inode);
    return error < 0 ? error : tell_status(inode, argument[1]);
}

// The directory that paths of this call begin at: that of a descriptor, or the current one.
static int beginning(uint32_t folder, struct inode **from) {
    *from = current_process()->directory;
    if (folder == (uint32_t)AT_FDCWD) return 0;
    const struct file *file = file_of(folder);
    if (file == 0) return -EBADF;
    *from = file->inode;
    return file->inode == 0 ? -ENOTDIR : 0;
}

int system_fstatat(const uint32_t *argument) {
    char path[PATH_MAX];
    struct inode *from = 0, *inode;
    if ((argument[3] & ~AT_SYMLINK_NOFOLLOW) != 0) return -EINVAL;
    if (user_check(argument[2], sizeof(struct file_status), ACCESS_WRITE) < 0) return -EFAULT;
    int error = user_string(path, argument[1], sizeof path);
    if (error < 0) return error;
    file_system_begin();
    if (path[0] != '/') error = beginning(argument[0], &from);
    if (error == 0) error = path_find_from(from, path, argument[3] != AT_SYMLINK_NOFOLLOW, &inode);
    if (error == 0) return tell_status(inode, argument[2]);
    file_system_end();
    return error;
}

int system_readlink(const uint32_t *argument) {
    struct inode *inode;
    if ((int)argument[2] <= 0) return -EINVAL;
    if (user_check(argument[1], min_u32(argument[2], PATH_MAX), ACCESS_WRITE) < 0) return -EFAULT;
    const int error = enter(argument[0], !FOLLOW, &inode);
    if (error < 0) return error;
    if (inode_type(inode) != FILE_TYPE_LINK) return leave(inode, -EINVAL);
    return leave(inode, inode->operations->read(inode, (void *)argument[1], 0, min_u32(argument[2], PATH_MAX)));
}

int system_truncate(const uint32_t *argument) {
    struct inode *inode;
    if ((int)argument[1] < 0) return -EINVAL;
    int error = enter(argument[0], FOLLOW, &inode);
    if (error < 0) return error;
    if (inode_type(inode) == FILE_TYPE_DIRECTORY) {
        error = -EISDIR;
    } else {
        error = inode_type(inode) == FILE_TYPE_REGULAR ? inode_may(inode, MAY_WRITE) : -EINVAL;
        if (error == 0 && inode_is_running(inode)) error = -ETXTBSY;
    }
    return leave(inode, error < 0 ? error : inode_resize(inode, argument[1]));
}

int system_chmod(const uint32_t *argument) {
    struct inode *inode;
    const int error = enter(argument[0], FOLLOW, &inode);
    return error < 0 ? error : leave(inode, inode_change_mode(inode, argument[1]));
}

int system_chown(const uint32_t *argument) {
    struct inode *inode;
    const int error = enter(argument[0], FOLLOW, &inode);
    return error < 0 ? error : leave(inode, inode_change_owner(inode, argument[1], argument[2]));
}

int system_lchown(const uint32_t *argument) {
    struct inode *inode;
    const int error = enter(argument[0], !FOLLOW, &inode);
    return error < 0 ? error : leave(inode, inode_change_owner(inode, argument[1], argument[2]));
}

// Asks for the real user, as a program that runs with another's rights would ask for him.
int system_access(const uint32_t *argument) {
    const struct process *p = current_process();
    const uint32_t wanted = argument[1];
    struct inode *inode;
    if (wanted > (MAY_READ | MAY_WRITE | MAY_EXECUTE)) return -EINVAL;
    const int error = enter_as(p->uid, p->gid, argument[0], FOLLOW, &inode);
    if (error < 0) return error;
    if ((wanted & MAY_WRITE) && inode->operations->read_only) return leave(inode, -EROFS);
    return leave(inode, inode_may_as(inode, wanted, p->uid, p->gid));
}

int system_utimens(const uint32_t *argument) {
    uint64_t times[2] = {TIME_NOW, TIME_NOW};
    struct inode *inode;
    if (argument[1] != 0) {
        if (user_check(argument[1], sizeof times, ACCESS_READ) < 0) return -EFAULT;
        memcpy(times, (const void *)argument[1], sizeof times);
    }
    const int error = enter(argument[0], FOLLOW, &inode);
    return error < 0 ? error : leave(inode, inode_change_times(inode, times));
}

int system_statfs(const uint32_t *argument) {
    struct inode *inode;
    if (user_check(argument[1], sizeof(struct file_system_status), ACCESS_WRITE) < 0) return -EFAULT;
    const int error = enter(argument[0], FOLLOW, &inode);
    if (error < 0) return error;
    const struct super_block *super = file_system_super();
    struct file_system_status status = {.block_size = BLOCK_SIZE, .longest_name = FILE_NAME_MAX};
    if (inode->operations == &disk_operations) {
        status.blocks = super->block_count - super->data_start;
        status.free_blocks = block_count_free();
        status.inodes = super->inode_count - ROOT_INODE;
        status.free_inodes = inode_count_free();
    }
    leave(inode, 0);
    memcpy((void *)argument[1], &status, sizeof status);
    return 0;
}

// ---- those that change names ----

static int change_name(uint32_t user_path, int (*change)(const char *path, uint32_t value), uint32_t value) {
    char path[PATH_MAX];
    int error = user_string(path, user_path, sizeof path);
    if (error < 0) return error;
    file_system_begin();
    error = change(path, value);
    file_system_end();
    return error;
}

static int change_two(const uint32_t *argument, int (*change)(const char *first, const char *second)) {
    char first[PATH_MAX], second[PATH_MAX];
    int error = user_string(first, argument[0], sizeof first);
    if (error == 0) error = user_string(second, argument[1], sizeof second);
    if (error < 0) return error;
    file_system_begin();
    error = change(first, second);
    file_system_end();
    return error;
}

static int unlink_file(const char *path, uint32_t) { return path_unlink(path, false); }
static int unlink_directory(const char *path, uint32_t) { return path_unlink(path, true); }
static int change_directory(const char *path, uint32_t) { return path_change_directory(path); }

int system_mkdir(const uint32_t *argument) { return change_name(argument[0], path_make_directory, argument[1]); }
int system_unlink(const uint32_t *argument) { return change_name(argument[0], unlink_file, 0); }
int system_rmdir(const uint32_t *argument) { return change_name(argument[0], unlink_directory, 0); }
int system_chdir(const uint32_t *argument) { return change_name(argument[0], change_directory, 0); }
int system_link(const uint32_t *argument) { return change_two(argument, path_link); }
int system_symlink(const uint32_t *argument) { return change_two(argument, path_symlink); }
int system_rename(const uint32_t *argument) { return change_two(argument, path_rename); }

int system_mknod(const uint32_t *argument) {
    char path[PATH_MAX];
    if ((argument[1] & S_IFMT) == S_IFIFO) return change_name(argument[0], path_make_fifo, argument[1]);
    if ((argument[1] & S_IFMT) != S_IFCHR) return -EINVAL;
    int error = user_string(path, argument[0], sizeof path);
    if (error < 0) return error;
    file_system_begin();
    error = path_make_device(path, argument[1], argument[2]);
    file_system_end();
    return error;
}

// ---- the rest ----

int system_umask(const uint32_t *argument) {
    struct process *p = current_process();
    const uint32_t old = p->umask;
    p->umask = argument[0] & 0777;
    return (int)old;
}

int system_getcwd(const uint32_t *argument) {
    if (argument[1] < 2) return argument[1] == 0 ? -EINVAL : -ERANGE;
    if (user_check(argument[0], min_u32(argument[1], PATH_MAX), ACCESS_WRITE) < 0) return -EFAULT;
    file_system_begin();
    const int length = path_current((char *)argument[0], min_u32(argument[1], PATH_MAX));
    file_system_end();
    return length == -ERANGE && argument[1] >= PATH_MAX ? -ENAMETOOLONG : length;
}
