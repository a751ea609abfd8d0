// rename(): a file gets another name, in the same directory or in another, and one that had that name loses it. All in
// one operation, so that nobody, not even after a power cut, sees both names or none.

#include "kernel.h"

#include "file_system.h"
#include "process.h"

struct renaming {
    struct path_end from, to;
    struct inode *inode;     // what is renamed
    uint32_t offset;         // of its entry
    struct inode *replaced;  // what has the new name so far, or null
    uint32_t replaced_offset;
};

static bool is_directory(const struct inode *inode) { return inode_type(inode) == FILE_TYPE_DIRECTORY; }

static bool is_no_name(const char *name) { return name[0] == 0 || strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

// Is `below` the directory or anywhere below it? Upwards through "..".
static bool contains(const struct inode *directory, struct inode *below) {
    struct inode *at = inode_share(below);
    while (at != 0 && at->number != directory->number && at->number != ROOT_INODE) {
        struct inode *parent = path_child(at, "..", 0);
        inode_put(at);
        at = parent;
    }
    const bool found = at != 0 && at->number == directory->number;
    if (at != 0) inode_put(at);
    return found;
}

static int check_kinds(const struct renaming *r) {
    if (r->replaced == 0) return 0;
    if (is_directory(r->inode) && !is_directory(r->replaced)) return -ENOTDIR;
    if (!is_directory(r->inode) && is_directory(r->replaced)) return -EISDIR;
    if (r->replaced->number == PROC_ROOT) return -EBUSY;
    return is_directory(r->replaced) && !directory_is_empty(r->replaced) ? -ENOTEMPTY : 0;
}

static int check(const struct renaming *r) {
    if (r->inode->number == PROC_ROOT) return -EBUSY;
    if (r->from.parent->operations != r->to.parent->operations) return -EXDEV;
    int error = inode_may_remove(r->from.parent, r->inode);
    if (error == 0 && r->replaced != 0) error = inode_may_remove(r->to.parent, r->replaced);
    if (error == 0) error = inode_may(r->to.parent, MAY_WRITE | MAY_EXECUTE);
    if (error == 0 && is_directory(r->inode) && contains(r->inode, r->to.parent)) error = -EINVAL;
    if (error == 0 && r->to.parent->disk.links == 0) error = -ENOENT;
    return error == 0 ? check_kinds(r) : error;
}

static int give_name(const struct renaming *r) {
    if (r->replaced == 0) return directory_add(r->to.parent, r->to.name, r->inode->number);
    const int error = directory_set(r->to.parent, r->replaced_offset, r->to.name, r->inode->number);
    if (error < 0) return error;
    r->replaced->disk.links--;
    r->replaced->disk.changed = now();
    if (is_directory(r->replaced)) {
        directory_set_parent(r->replaced, NO_INODE);
        r->replaced->disk.links--;  // its own "."
        r->to.parent->disk.links--;
    }
    return inode_update(r->replaced);
}

static void move_between(struct inode *directory, struct inode *from, struct inode *to) {
    directory_set_parent(directory, to->number);
    from->disk.links--;
    to->disk.links++;
}

static int carry_out(const struct renaming *r) {
    int error = give_name(r);
    if (error < 0) return error;
    directory_set(r->from.parent, r->offset, "", NO_INODE);
    if (is_directory(r->inode) && r->from.parent != r->to.parent) move_between(r->inode, r->from.parent, r->to.parent);
    r->inode->disk.changed = now();
    error = inode_update(r->inode);
    inode_update(r->from.parent);
    inode_update(r->to.parent);
    return error;
}

static int rename_found(struct renaming *r) {
    if (is_no_name(r->from.name) || is_no_name(r->to.name)) return -EBUSY;
    r->inode = path_child(r->from.parent, r->from.name, &r->offset);
    if (r->inode == 0) return -ENOENT;
    if ((r->from.slash || r->to.slash) && !is_directory(r->inode)) return -ENOTDIR;
    r->replaced = path_child(r->to.parent, r->to.name, &r->replaced_offset);
    if (r->replaced == r->inode) return 0;  // two names of one file: both stay
    const int error = check(r);
    return error < 0 ? error : carry_out(r);
}

int path_rename(const char *old_path, const char *new_path) {
    struct renaming r = {.inode = 0};
    int error = path_find_end(old_path, !FOLLOW, &r.from);
    if (error < 0) return error;
    error = path_find_end(new_path, !FOLLOW, &r.to);
    if (error == 0) {
        error = rename_found(&r);
        if (r.inode != 0) inode_put(r.inode);
        if (r.replaced != 0) inode_put(r.replaced);
        inode_put(r.to.parent);
    }
    inode_put(r.from.parent);
    return error;
}
