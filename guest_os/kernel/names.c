// Names that come and go: opening, making and removing files.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "memory.h"
#include "process.h"

#define LINKS_MOST 32000  // names of a file, and subdirectories of a directory

static bool is_dot_or_dot_dot(const char *name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

// ---- making ----

// May a name be made here? An existing one is -EEXIST.
static int check_new(const struct path_end *end) {
    if (end->name[0] == 0) return -EEXIST;
    struct inode *existing = path_child(end->parent, end->name, 0);
    if (existing != 0) {
        inode_put(existing);
        return -EEXIST;
    }
    if (end->parent->disk.links == 0) return -ENOENT;  // the directory itself has been removed
    return inode_may(end->parent, MAY_WRITE | MAY_EXECUTE);
}

// Enters an inode into a directory. On failure a new inode goes when it is put.
static int enter(const struct path_end *end, struct inode *inode) {
    if (inode->disk.links >= LINKS_MOST) return -EMLINK;
    inode->disk.links++;
    inode->disk.changed = now();
    int error = inode_update(inode);
    if (error == 0) error = directory_add(end->parent, end->name, inode->number);
    if (error < 0) {
        inode->disk.links--;
        inode_update(inode);
    }
    return error;
}

// The permissions that a new file of this process gets.
static uint32_t permitted(uint32_t mode) { return mode & ~current_process()->umask; }

static int make(const struct path_end *end, uint32_t mode, struct inode **made) {
    struct inode *inode = inode_allocate(mode);
    if (inode == 0) return -ENOSPC;
    const int error = enter(end, inode);
    if (error < 0) {
        inode_put(inode);
    } else {
        *made = inode;
    }
    return error;
}

static int fill_directory(struct inode *inode, struct inode *parent) {
    const int error = directory_add(inode, ".", inode->number);
    return error < 0 ? error : directory_add(inode, "..", parent->number);
}

static int make_directory(const struct path_end *end, uint32_t mode) {
    struct inode *parent = end->parent;
    if (parent->disk.links >= LINKS_MOST) return -EMLINK;
    struct inode *inode = inode_allocate(FILE_TYPE_DIRECTORY | permitted(mode & 01777));
    if (inode == 0) return -ENOSPC;
    int error = fill_directory(inode, parent);
    if (error == 0) error = enter(end, inode);
    if (error == 0) {
        inode->disk.links++;   // its own "."
        parent->disk.links++;  // its ".."
        inode_update(inode);
        inode_update(parent);
    }
    inode_put(inode);
    return error;
}

int path_make_directory(const char *path, uint32_t mode) {
    struct path_end end;
    int error = path_find_end(path, !FOLLOW, &end);
    if (error < 0) return error;
    error = check_new(&end);
    if (error == 0) error = make_directory(&end, mode);
    inode_put(end.parent);
    return error;
}

// With mode and number of a device, or the contents of a symbolic link.
static int make_special(const char *path, uint32_t mode, uint32_t device, const char *contents) {
    struct path_end end;
    int error = path_find_end(path, !FOLLOW, &end);
    if (error < 0) return error;
    struct inode *inode = 0;
    error = check_new(&end);
    if (error == 0 && end.slash) error = -ENOENT;
    if (error == 0) error = make(&end, mode, &inode);
    inode_put(end.parent);
    if (error < 0) return error;
    if (contents == 0) {
        inode->disk.direct[0] = device;
        error = inode_update(inode);
    } else {
        error = inode_write(inode, contents, 0, strlen(contents));
    }
    inode_put(inode);
    return error < 0 ? error : 0;
}

int path_make_device(const char *path, uint32_t mode, uint32_t device) {
    if (current_process()->euid != 0) return -EPERM;
    return make_special(path, FILE_TYPE_DEVICE | permitted(mode & 0777), device, 0);
}

int path_make_fifo(const char *path, uint32_t mode) {
    return make_special(path, FILE_TYPE_FIFO | permitted(mode & 0777), 0, 0);
}

int path_symlink(const char *target, const char *path) {
    if (target[0] == 0) return -ENOENT;
    const int error = make_special(path, FILE_TYPE_LINK | 0777, 0, target);  // what it stands for allows less
    if (error == -ENOSPC) path_unlink(path, false);  // the name without contents
    return error;
}

int path_link(const char *old_path, const char *new_path) {
    struct inode *inode;
    struct path_end end;
    int error = path_find_link(old_path, !FOLLOW, &inode);
    if (error < 0) return error;
    error = path_find_end(new_path, !FOLLOW, &end);
    if (error == 0) {
        error = check_new(&end);
        if (error == 0 && end.slash) error = -ENOENT;
        if (error == 0 && inode_type(inode) == FILE_TYPE_DIRECTORY) error = -EPERM;
        if (error == 0 && inode->operations != end.parent->operations) error = -EXDEV;
        if (error == 0) error = enter(&end, inode);
        inode_put(end.parent);
    }
    inode_put(inode);
    return error;
}

// ---- opening ----

static int find_or_make(const char *path, int flags, uint32_t mode, struct inode **found, bool *is_new) {
    struct path_end end;
    int error = path_find_end(path, (flags & (O_EXCL | O_NOFOLLOW)) == 0, &end);
    if (error < 0) return error;
    *found = end.name[0] == 0 ? inode_share(end.parent) : path_child(end.parent, end.name, 0);
    *is_new = *found == 0;
    if (*is_new) {
        error = end.slash ? -EISDIR : check_new(&end);
        if (error == 0) error = make(&end, FILE_TYPE_REGULAR | permitted(mode & 07777), found);
    } else if (flags & O_EXCL) {
        error = -EEXIST;
    } else if (end.slash && inode_type(*found) != FILE_TYPE_DIRECTORY) {
        error = -ENOTDIR;
    }
    if (error < 0 && !*is_new) inode_put(*found);
    inode_put(end.parent);
    return error;
}

static int check_open(const struct inode *inode, int flags) {
    static const uint32_t wanted[] = {[O_RDONLY] = MAY_READ, [O_WRONLY] = MAY_WRITE, [O_RDWR] = MAY_READ | MAY_WRITE};
    const uint32_t type = inode_type(inode);
    const bool is_directory = type == FILE_TYPE_DIRECTORY;
    if (type == FILE_TYPE_LINK) return -ELOOP;  // O_NOFOLLOW
    if (is_directory && (flags & (O_ACCMODE | O_TRUNC | O_CREAT)) != 0) return -EISDIR;
    if (!is_directory && (flags & O_DIRECTORY)) return -ENOTDIR;
    if (type == FILE_TYPE_DEVICE) return inode_may(inode, wanted[flags & O_ACCMODE]);
    const uint32_t use = wanted[flags & O_ACCMODE] | (flags & O_TRUNC ? MAY_WRITE : 0u);
    const int error = inode_may(inode, use);
    return error == 0 && (use & MAY_WRITE) && inode_is_running(inode) ? -ETXTBSY : error;
}

int path_open(const char *path, int flags, uint32_t mode, struct inode **found) {
    bool is_new = false;
    int error = flags & O_CREAT ? find_or_make(path, flags, mode, found, &is_new)
                                : path_find_link(path, (flags & O_NOFOLLOW) == 0, found);
    if (error < 0 || is_new) return error;
    error = check_open(*found, flags);
    if (error == 0 && inode_type(*found) == FILE_TYPE_REGULAR && (flags & O_TRUNC)) error = inode_truncate(*found, 0);
    if (error < 0) inode_put(*found);
    return error;
}

// ---- removing ----

static int check_removable(const struct path_end *end, struct inode *inode, bool want_directory) {
    const bool is_directory = inode_type(inode) == FILE_TYPE_DIRECTORY;
    const int error = inode_may_remove(end->parent, inode);
    if (error < 0) return error;
    if (!want_directory && is_directory) return -EISDIR;
    if (!is_directory && (want_directory || end->slash)) return -ENOTDIR;
    if (inode->number == PROC_ROOT) return -EBUSY;
    return !is_directory || directory_is_empty(inode) ? 0 : -ENOTEMPTY;
}

static int remove_entry(struct inode *parent, struct inode *inode, uint32_t offset) {
    const int error = directory_set(parent, offset, "", NO_INODE);
    if (error < 0) return error;
    inode->disk.links--;
    inode->disk.changed = now();
    if (inode_type(inode) == FILE_TYPE_DIRECTORY) {
        directory_set_parent(inode, NO_INODE);  // whose number may soon be another file's
        inode->disk.links--;                    // its own "."
        parent->disk.links--;
        inode_update(parent);
    }
    return inode_update(inode);
}

static int check_name(const char *name, bool want_directory) {
    if (name[0] == 0) return want_directory ? -EBUSY : -EISDIR;
    if (!is_dot_or_dot_dot(name)) return 0;
    if (!want_directory) return -EISDIR;
    return name[1] == 0 ? -EINVAL : -ENOTEMPTY;
}

int path_unlink(const char *path, bool want_directory) {
    struct path_end end;
    int error = path_find_end(path, !FOLLOW, &end);
    if (error < 0) return error;
    error = check_name(end.name, want_directory);
    uint32_t offset;
    struct inode *inode = error == 0 ? path_child(end.parent, end.name, &offset) : 0;
    if (error == 0 && inode == 0) error = -ENOENT;
    if (error == 0) error = check_removable(&end, inode, want_directory);
    if (error == 0) error = remove_entry(end.parent, inode, offset);
    if (inode != 0) inode_put(inode);
    inode_put(end.parent);
    return error;
}
