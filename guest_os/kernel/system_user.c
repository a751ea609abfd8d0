// Who a process works for. Three user numbers: the real one says who started it; the effective one decides what it may do;
// the saved one is what the effective one may become again, after a program of somebody else's (setuid) has put it aside.

#include "kernel.h"

#include "process.h"
#include "system_call.h"

int system_getuid(const uint32_t *) { return (int)current_process()->uid; }
int system_geteuid(const uint32_t *) { return (int)current_process()->euid; }
int system_getgid(const uint32_t *) { return (int)current_process()->gid; }
int system_getegid(const uint32_t *) { return (int)current_process()->egid; }

#define ID_MAX 0xFFFFu  // an inode has no room for more

static bool is_one_of(uint32_t id, uint32_t a, uint32_t b) { return id == a || id == b; }

// Root becomes another for good; others may only go back to whom they are.
int system_setuid(const uint32_t *argument) {
    struct process *p = current_process();
    const uint32_t uid = argument[0];
    if (uid > ID_MAX) return -EINVAL;
    acquire(&process_lock);
    const bool is_root = p->euid == 0;
    const bool may = is_root || is_one_of(uid, p->uid, p->saved_uid);
    if (may) p->euid = uid;
    if (is_root) p->uid = p->saved_uid = uid;
    release(&process_lock);
    return may ? 0 : -EPERM;
}

int system_seteuid(const uint32_t *argument) {
    struct process *p = current_process();
    const uint32_t uid = argument[0];
    if (uid > ID_MAX) return -EINVAL;
    acquire(&process_lock);
    const bool may = p->euid == 0 || is_one_of(uid, p->uid, p->saved_uid);
    if (may) p->euid = uid;
    release(&process_lock);
    return may ? 0 : -EPERM;
}

int system_setgid(const uint32_t *argument) {
    struct process *p = current_process();
    const uint32_t gid = argument[0];
    if (gid > ID_MAX) return -EINVAL;
    acquire(&process_lock);
    const bool is_root = p->euid == 0;
    const bool may = is_root || is_one_of(gid, p->gid, p->saved_gid);
    if (may) p->egid = gid;
    if (is_root) p->gid = p->saved_gid = gid;
    release(&process_lock);
    return may ? 0 : -EPERM;
}

int system_setegid(const uint32_t *argument) {
    struct process *p = current_process();
    const uint32_t gid = argument[0];
    if (gid > ID_MAX) return -EINVAL;
    acquire(&process_lock);
    const bool may = p->euid == 0 || is_one_of(gid, p->gid, p->saved_gid);
    if (may) p->egid = gid;
    release(&process_lock);
    return may ? 0 : -EPERM;
}
