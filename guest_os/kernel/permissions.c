// Who may do what with a file. The mode has three times three bits; which three count depends on who asks:
//
//     0 750:   rwx for the owner, r-x for the owner's group, nothing for others.   User 0, root, may do everything.

#include "kernel.h"

#include "file_system.h"
#include "process.h"

#define ROOT 0
#define ANY_EXECUTE 0111

// 0, or -EACCES. Even root executes only what somebody may execute.
int inode_may_as(const struct inode *inode, uint32_t wanted, uint32_t uid, uint32_t gid) {
    const struct disk_inode *disk = &inode->disk;
    if (uid == ROOT) {
        const bool executes_data = (wanted & MAY_EXECUTE) && inode_type(inode) == FILE_TYPE_REGULAR;
        return executes_data && (disk->mode & ANY_EXECUTE) == 0 ? -EACCES : 0;
    }
    uint32_t allowed = disk->mode;
    if (uid == disk->uid) {
        allowed >>= 6;
    } else if (gid == disk->gid) {
        allowed >>= 3;
    }
    return (wanted & ~allowed & 7) == 0 ? 0 : -EACCES;
}

// May the current process? Writing may also be -EROFS.
int inode_may(const struct inode *inode, uint32_t wanted) {
    const struct process *p = current_process();
    if ((wanted & MAY_WRITE) && inode->operations->read_only) return -EROFS;
    return inode_may_as(inode, wanted, p->euid, p->egid);
}

// A name in a directory whose mode has the sticky bit, as /tmp, goes only with its owner's or the directory's owner's will.
int inode_may_remove(const struct inode *directory, const struct inode *inode) {
    const uint32_t uid = current_process()->euid;
    const int error = inode_may(directory, MAY_WRITE | MAY_EXECUTE);
    if (error < 0) return error;
    const bool is_owner = uid == ROOT || uid == inode->disk.uid || uid == directory->disk.uid;
    return (directory->disk.mode & S_ISVTX) && !is_owner ? -EPERM : 0;
}

static bool is_owner(const struct inode *inode) {
    const uint32_t uid = current_process()->euid;
    return uid == ROOT || uid == inode->disk.uid;
}

static int update(struct inode *inode) {
    inode->disk.changed = now();
    return inode_update(inode);
}

int inode_change_mode(struct inode *inode, uint32_t mode) {
    if (inode->operations->read_only) return -EROFS;
    if (!is_owner(inode)) return -EPERM;
    const struct process *p = current_process();
    if (p->euid != ROOT && p->egid != inode->disk.gid) mode &= ~(uint32_t)S_ISGID;
    inode->disk.mode = (uint16_t)((inode->disk.mode & FILE_TYPE_MASK) | (mode & 07777));
    return update(inode);
}

// Number -1: stays as it is. Only root gives files away; an owner may choose a group that he is in.
int inode_change_owner(struct inode *inode, uint32_t uid, uint32_t gid) {
    const struct process *p = current_process();
    if (inode->operations->read_only) return -EROFS;
    if ((uid > ID_MAX && uid != UINT32_MAX) || (gid > ID_MAX && gid != UINT32_MAX)) return -EINVAL;
    const bool same_user = uid == UINT32_MAX || uid == inode->disk.uid;
    const bool own_group = gid == UINT32_MAX || gid == inode->disk.gid || gid == p->egid;
    if (p->euid != ROOT && !(is_owner(inode) && same_user && own_group)) return -EPERM;
    if (uid != UINT32_MAX) inode->disk.uid = (uint16_t)uid;
    if (gid != UINT32_MAX) inode->disk.gid = (uint16_t)gid;
    if (inode_type(inode) == FILE_TYPE_REGULAR) inode->disk.mode &= (uint16_t)~(S_ISUID | S_ISGID);
    return update(inode);
}

static void set_time(uint64_t *time, uint64_t wanted) {
    if (wanted != TIME_OMIT) *time = wanted == TIME_NOW ? now() : wanted;
}

// Times of access and modification. The owner may set them; whoever may write the file may set them to now.
int inode_change_times(struct inode *inode, const uint64_t times[2]) {
    const bool to_now = times[0] == TIME_NOW && times[1] == TIME_NOW;
    if (inode->operations->read_only) return -EROFS;
    if (!is_owner(inode)) {
        if (!to_now) return -EPERM;
        const int error = inode_may(inode, MAY_WRITE);
        if (error < 0) return error;
    }
    set_time(&inode->disk.accessed, times[0]);
    set_time(&inode->disk.modified, times[1]);
    return update(inode);
}
