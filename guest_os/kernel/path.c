// Paths: from names to inodes, and the changes of directories that programs ask for.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "process.h"

// ---- walking ----

// Takes the first name off *path. 1: it is in `name`; 0: there was none left; or -ENAMETOOLONG.
static int next_name(const char **path, char name[FILE_NAME_MAX + 1]) {
    while (**path == '/') (*path)++;
    if (**path == 0) return 0;
    uint32_t length = 0;
    for (; **path != '/' && **path != 0; (*path)++) {
        if (length == FILE_NAME_MAX) return -ENAMETOOLONG;
        name[length++] = **path;
    }
    name[length] = 0;
    return 1;
}

static struct inode *first_directory(const char *path) {
    return path[0] == '/' ? inode_get(ROOT_INODE) : inode_share(current_process()->directory);
}

// One step: from a directory, whose reference is given back, to what `name` means there.
static int step(struct inode **at, const char *name) {
    struct inode *directory = *at;
    const bool is_directory = inode_type(directory) == FILE_TYPE_DIRECTORY;
    *at = is_directory ? directory_find(directory, name, 0) : 0;
    inode_put(directory);
    if (!is_directory) return -ENOTDIR;
    return *at == 0 ? -ENOENT : 0;
}

int path_find(const char *path, struct inode **found) {
    char name[FILE_NAME_MAX + 1];
    if (path[0] == 0) return -ENOENT;
    struct inode *at = first_directory(path);
    if (at == 0) return -EIO;
    int more;
    while ((more = next_name(&path, name)) == 1) {
        const int error = step(&at, name);
        if (error < 0) return error;
    }
    if (more < 0) {
        inode_put(at);
        return more;
    }
    *found = at;
    return 0;
}

static bool is_last(const char *path) {
    while (*path == '/') path++;
    return *path == 0;
}

// The directory that the last name of a path is in, or would be in, and that name; "" for the root itself.
int path_find_parent(const char *path, struct inode **parent, char name[FILE_NAME_MAX + 1]) {
    if (path[0] == 0) return -ENOENT;
    struct inode *at = first_directory(path);
    if (at == 0) return -EIO;
    name[0] = 0;
    int error = next_name(&path, name);
    while (error == 1 && !is_last(path)) {
        error = step(&at, name);
        if (error < 0) return error;
        error = next_name(&path, name);
    }
    if (error >= 0 && inode_type(at) != FILE_TYPE_DIRECTORY) error = -ENOTDIR;
    if (error < 0) {
        inode_put(at);
        return error;
    }
    *parent = at;
    return 0;
}

static bool is_dot_or_dot_dot(const char *name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

// ---- making ----

// Enters a new inode, which nobody names yet, into a directory. On failure the inode goes when it is put.
static int enter(struct inode *parent, const char *name, struct inode *inode) {
    if (parent->disk.links == 0) return -ENOENT;  // the directory itself has been removed
    inode->disk.links++;
    int error = inode_update(inode);
    if (error == 0) error = directory_add(parent, name, inode->number);
    if (error < 0) inode->disk.links--;
    return error;
}

static int make_file(struct inode *parent, const char *name, uint32_t mode, struct inode **made) {
    struct inode *inode = inode_allocate(FILE_TYPE_REGULAR | (mode & 0777));
    if (inode == 0) return -ENOSPC;
    const int error = enter(parent, name, inode);
    if (error < 0) {
        inode_put(inode);
    } else {
        *made = inode;
    }
    return error;
}

static int find_or_make(const char *path, int flags, uint32_t mode, struct inode **found) {
    struct inode *parent;
    char name[FILE_NAME_MAX + 1];
    int error = path_find_parent(path, &parent, name);
    if (error < 0) return error;
    *found = name[0] == 0 ? inode_share(parent) : directory_find(parent, name, 0);
    if (*found == 0) {
        error = make_file(parent, name, mode, found);
    } else if (flags & O_EXCL) {
        inode_put(*found);
        error = -EEXIST;
    }
    inode_put(parent);
    return error;
}

int path_open(const char *path, int flags, uint32_t mode, struct inode **found) {
    int error = flags & O_CREAT ? find_or_make(path, flags, mode, found) : path_find(path, found);
    if (error < 0) return error;
    const uint32_t type = inode_type(*found);
    if (type == FILE_TYPE_DIRECTORY && (flags & (O_ACCMODE | O_TRUNC | O_CREAT)) != 0) error = -EISDIR;
    if (type != FILE_TYPE_DIRECTORY && (flags & O_DIRECTORY)) error = -ENOTDIR;
    if (error < 0) {
        inode_put(*found);
        return error;
    }
    if (type == FILE_TYPE_REGULAR && (flags & O_TRUNC)) inode_truncate(*found, 0);
    return 0;
}

static int fill_directory(struct inode *inode, struct inode *parent) {
    const int error = directory_add(inode, ".", inode->number);
    return error < 0 ? error : directory_add(inode, "..", parent->number);
}

static int make_directory(struct inode *parent, const char *name, uint32_t mode) {
    struct inode *inode = inode_allocate(FILE_TYPE_DIRECTORY | (mode & 0777));
    if (inode == 0) return -ENOSPC;
    int error = fill_directory(inode, parent);
    if (error == 0) error = enter(parent, name, inode);
    if (error == 0) {
        inode->disk.links++;   // its own "."
        parent->disk.links++;  // its ".."
        inode_update(inode);
        inode_update(parent);
    }
    inode_put(inode);
    return error;
}

// Does `name` exist there? Then 0 is not returned.
static int check_is_new(struct inode *parent, const char *name) {
    if (name[0] == 0) return -EEXIST;
    struct inode *existing = directory_find(parent, name, 0);
    if (existing == 0) return 0;
    inode_put(existing);
    return -EEXIST;
}

int path_make_directory(const char *path, uint32_t mode) {
    struct inode *parent;
    char name[FILE_NAME_MAX + 1];
    int error = path_find_parent(path, &parent, name);
    if (error < 0) return error;
    error = check_is_new(parent, name);
    if (error == 0) error = make_directory(parent, name, mode);
    inode_put(parent);
    return error;
}

int path_link(const char *old_path, const char *new_path) {
    struct inode *inode, *parent;
    char name[FILE_NAME_MAX + 1];
    int error = path_find(old_path, &inode);
    if (error < 0) return error;
    if (inode_type(inode) == FILE_TYPE_DIRECTORY) {
        inode_put(inode);
        return -EPERM;
    }
    error = path_find_parent(new_path, &parent, name);
    if (error == 0) {
        error = check_is_new(parent, name);
        if (error == 0) error = enter(parent, name, inode);
        inode_put(parent);
    }
    inode_put(inode);
    return error;
}

// ---- removing ----

static int check_removable(struct inode *inode, bool want_directory) {
    const bool is_directory = inode_type(inode) == FILE_TYPE_DIRECTORY;
    if (!want_directory) return is_directory ? -EISDIR : 0;
    if (!is_directory) return -ENOTDIR;
    return directory_is_empty(inode) ? 0 : -ENOTEMPTY;
}

static int remove_entry(struct inode *parent, struct inode *inode, uint32_t offset) {
    const int error = directory_remove(parent, offset);
    if (error < 0) return error;
    inode->disk.links--;
    if (inode_type(inode) == FILE_TYPE_DIRECTORY) {
        inode->disk.links--;  // its own "."
        parent->disk.links--;
        inode_update(parent);
    }
    return inode_update(inode);
}

int path_unlink(const char *path, bool want_directory) {
    struct inode *parent;
    char name[FILE_NAME_MAX + 1];
    int error = path_find_parent(path, &parent, name);
    if (error < 0) return error;
    uint32_t offset;
    struct inode *inode = 0;
    if (name[0] == 0) {
        error = -EBUSY;
    } else if (is_dot_or_dot_dot(name)) {
        error = -EINVAL;
    } else if ((inode = directory_find(parent, name, &offset)) == 0) {
        error = -ENOENT;
    } else {
        error = check_removable(inode, want_directory);
        if (error == 0) error = remove_entry(parent, inode, offset);
        inode_put(inode);
    }
    inode_put(parent);
    return error;
}

// ---- the current directory ----

int path_change_directory(const char *path) {
    struct inode *inode;
    const int error = path_find(path, &inode);
    if (error < 0) return error;
    if (inode_type(inode) != FILE_TYPE_DIRECTORY) {
        inode_put(inode);
        return -ENOTDIR;
    }
    inode_put(current_process()->directory);
    current_process()->directory = inode;
    return 0;
}

static bool name_of(struct inode *parent, uint32_t number, struct directory_entry *entry) {
    uint32_t offset = 0;
    while (directory_entries(parent, &offset, entry, sizeof *entry) > 0) {
        if (entry->inode == number && !is_dot_or_dot_dot(entry->name)) return true;
    }
    return false;
}

// Upwards through "..", looking up in each directory what the one below is called; so the path grows from its end.
int path_current(char *buffer, uint32_t size) {
    struct directory_entry entry;
    uint32_t start = size - 1;
    buffer[start] = 0;
    struct inode *at = inode_share(current_process()->directory);
    int error = 0;
    while (error == 0 && at->number != ROOT_INODE) {
        const uint32_t number = at->number;
        error = step(&at, "..");
        if (error < 0) return error;
        const uint32_t length = name_of(at, number, &entry) ? strlen(entry.name) : 0;
        if (length == 0) {
            error = -ENOENT;
        } else if (length + 1 > start) {
            error = -ERANGE;
        } else {
            start -= length;
            memcpy(buffer + start, entry.name, length);
            buffer[--start] = '/';
        }
    }
    inode_put(at);
    if (error < 0) return error;
    if (start == size - 1) buffer[--start] = '/';
    memmove(buffer, buffer + start, size - start);
    return (int)(size - start);
}
