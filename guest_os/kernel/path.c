// Paths: from names to inodes.

#include "kernel.h"

#include "file_system.h"
#include "process.h"

#define LINKS_MAX 40  // symbolic links on a path

// A path that is being walked. A symbolic link on the way puts what it stands for in front of the rest.
//
//     text: "/usr/bin/ls"    rest: "bin/ls"    /usr/bin -> "../programs"
//     text: "../programs/ls" rest: "../programs/ls"
struct walk {
    struct inode *at;
    const char *rest;
    uint32_t links;     // met so far
    uint32_t uid, gid;  // whose rights count
    char name[FILE_NAME_MAX + 1];
    char text[PATH_MAX];
};

// Takes the first name off *path. 1: it is in `name`; 0: there was none left, and `name` is empty; or -ENAMETOOLONG.
static int next_name(const char **path, char name[FILE_NAME_MAX + 1]) {
    uint32_t length = 0;
    name[0] = 0;
    while (**path == '/') (*path)++;
    if (**path == 0) return 0;
    for (; **path != '/' && **path != 0; (*path)++) {
        if (length == FILE_NAME_MAX) return -ENAMETOOLONG;
        name[length++] = **path;
    }
    name[length] = 0;
    return 1;
}

static bool is_last(const char *rest) {
    while (*rest == '/') rest++;
    return *rest == 0;
}

// ---- one step ----

// On the disk, /proc is an empty directory: whoever comes to it goes on at the root of the made-up files.
static uint32_t cross(const struct inode *directory, const char *name, uint32_t number) {
    return directory->number == ROOT_INODE && strcmp(name, "proc") == 0 ? PROC_ROOT : number;
}

// The file of a name in a directory, and where its entry is; null if there is none.
struct inode *path_child(struct inode *directory, const char *name, uint32_t *offset) {
    if (inode_type(directory) != FILE_TYPE_DIRECTORY) return 0;
    const uint32_t number = directory->operations->find(directory, name, offset);
    return number == NO_INODE ? 0 : inode_get(cross(directory, name, number));
}

static void go_to(struct walk *walk, struct inode *next) {
    inode_put(walk->at);
    walk->at = next;
}

static int follow_link(struct walk *walk, struct inode *link) {
    const uint32_t length = link->disk.size;
    const uint32_t left = strlen(walk->rest) + 1;
    if (++walk->links > LINKS_MAX) return -ELOOP;
    if (length == 0) return -ENOENT;
    if (length + left > PATH_MAX) return -ENAMETOOLONG;
    memmove(walk->text + length, walk->rest, left);
    if (link->operations->read(link, walk->text, 0, length) != (int)length) return -EIO;
    walk->rest = walk->text;
    if (walk->text[0] == '/') go_to(walk, inode_get(ROOT_INODE));
    return walk->at == 0 ? -EIO : 0;
}

static int check_search(const struct walk *walk) {
    if (inode_type(walk->at) != FILE_TYPE_DIRECTORY) return -ENOTDIR;
    return inode_may_as(walk->at, MAY_EXECUTE, walk->uid, walk->gid);
}

// From the directory `at` to what `name` means there.
static int step(struct walk *walk, bool follow) {
    int error = check_search(walk);
    if (error < 0) return error;
    struct inode *next = path_child(walk->at, walk->name, 0);
    if (next == 0) return -ENOENT;
    if (inode_type(next) == FILE_TYPE_LINK && (follow || *walk->rest == '/')) {
        error = follow_link(walk, next);
        inode_put(next);
        return error;
    }
    go_to(walk, next);
    return 0;
}

static int begin(struct walk *walk, struct inode *from, const char *path) {
    if (path[0] == 0) return -ENOENT;
    copy_name(walk->text, path, sizeof walk->text);
    walk->rest = walk->text;
    walk->links = 0;
    walk->uid = current_process()->euid;
    walk->gid = current_process()->egid;
    walk->at = path[0] == '/' ? inode_get(ROOT_INODE) : inode_share(from);
    return walk->at == 0 ? -EIO : 0;
}

// ---- the whole way ----

static int walk_all(struct walk *walk, bool follow, struct inode **found) {
    int error = 0, more = 0;
    while (error == 0 && (more = next_name(&walk->rest, walk->name)) == 1) {
        error = step(walk, follow || !is_last(walk->rest));
        const bool ends_in_slash = error == 0 && *walk->rest == '/' && is_last(walk->rest) && walk->rest != walk->text;
        if (ends_in_slash && inode_type(walk->at) != FILE_TYPE_DIRECTORY) error = -ENOTDIR;
    }
    if (error == 0 && more < 0) error = more;
    if (error < 0) {
        if (walk->at != 0) inode_put(walk->at);
        return error;
    }
    *found = walk->at;
    return 0;
}

int path_find_from(struct inode *from, const char *path, bool follow, struct inode **found) {
    struct walk walk;
    const int error = begin(&walk, from, path);
    return error < 0 ? error : walk_all(&walk, follow, found);
}

int path_find_as(uint32_t uid, uint32_t gid, const char *path, bool follow, struct inode **found) {
    struct walk walk;
    const int error = begin(&walk, current_process()->directory, path);
    walk.uid = uid;
    walk.gid = gid;
    return error < 0 ? error : walk_all(&walk, follow, found);
}

int path_find_link(const char *path, bool follow, struct inode **found) {
    return path_find_from(current_process()->directory, path, follow, found);
}

int path_find(const char *path, struct inode **found) { return path_find_link(path, FOLLOW, found); }

// Is the last name that of a link to be followed? Then it is put in front of the rest.
static int follow_last(struct walk *walk, bool *again) {
    *again = false;
    struct inode *last = path_child(walk->at, walk->name, 0);
    if (last == 0) return 0;
    *again = inode_type(last) == FILE_TYPE_LINK;
    const int error = *again ? follow_link(walk, last) : 0;
    inode_put(last);
    return error;
}

static int walk_to_end(struct walk *walk, bool follow) {
    int error = next_name(&walk->rest, walk->name);
    while (error == 1) {
        bool again = !is_last(walk->rest);
        if (again) {
            error = step(walk, FOLLOW);
        } else {
            error = check_search(walk);
            if (error == 0 && follow) error = follow_last(walk, &again);
        }
        if (error == 0 && again) error = next_name(&walk->rest, walk->name);
    }
    return error;
}

int path_find_end(const char *path, bool follow, struct path_end *end) {
    struct walk walk;
    int error = begin(&walk, current_process()->directory, path);
    if (error < 0) return error;
    error = walk_to_end(&walk, follow);
    if (error < 0) {
        if (walk.at != 0) inode_put(walk.at);
        return error;
    }
    end->parent = walk.at;
    end->slash = *walk.rest == '/';
    memcpy(end->name, walk.name, sizeof end->name);
    return 0;
}

// ---- the current directory ----

int path_change_directory(const char *path) {
    struct inode *inode;
    int error = path_find(path, &inode);
    if (error < 0) return error;
    error = inode_type(inode) != FILE_TYPE_DIRECTORY ? -ENOTDIR : inode_may(inode, MAY_EXECUTE);
    if (error < 0) {
        inode_put(inode);
        return error;
    }
    inode_put(directory_exchange(current_process(), inode));
    return 0;
}

static bool name_of(struct inode *parent, uint32_t number, struct directory_entry *entry) {
    uint32_t offset = 0;
    while (parent->operations->entries(parent, &offset, entry, sizeof *entry) > 0) {
        const bool is_dots = strcmp(entry->name, ".") == 0 || strcmp(entry->name, "..") == 0;
        if (!is_dots && cross(parent, entry->name, entry->inode) == number) return true;
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
        struct inode *parent = path_child(at, "..", 0);
        const uint32_t length = parent != 0 && name_of(parent, at->number, &entry) ? strlen(entry.name) : 0;
        inode_put(at);
        at = parent;
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
    if (at != 0) inode_put(at);
    if (error < 0) return error;
    if (start == size - 1) buffer[--start] = '/';
    memmove(buffer, buffer + start, size - start);
    return (int)(size - start);
}
