// Who a process works for. Three user numbers: the real one says who started it; the effective one decides what it may do;
// the saved one is what the effective one may become again, after a program of somebody else's (setuid) has put it aside.

#include "kernel.h"

#include "process.h"
#include "system_call.h"

int system_getuid(const uint32_t *) { return (int)current_process()->uid; }
int system_geteuid(const uint32_t *) { return (int)current_process()->euid; }
int system_getgid(const uint32_t *) { return (int)current_process()->gid; }
int system_getegid(const uint32_t *) { return (int)current_process()->egid; }


// Root becomes anybody, and `for_good` also the real and the saved one; others may only go back to whom they are.
static int become(uint32_t id, uint32_t *real, uint32_t *effective, uint32_t *saved, bool for_good) {
    if (id > ID_MAX) return -EINVAL;
    acquire(&process_lock);
    const bool is_root = caller_is_root();
    const bool may = is_root || id == *real || id == *saved;
    if (may) *effective = id;
    if (is_root && for_good) *real = *saved = id;
    release(&process_lock);
    return may ? 0 : -EPERM;
}

static int become_user(uint32_t uid, bool for_good) {
    struct process *p = current_process();
    return become(uid, &p->uid, &p->euid, &p->saved_uid, for_good);
}

static int become_group(uint32_t gid, bool for_good) {
    struct process *p = current_process();
    return become(gid, &p->gid, &p->egid, &p->saved_gid, for_good);
}

int system_setuid(const uint32_t *argument) { return become_user(argument[0], true); }
int system_seteuid(const uint32_t *argument) { return become_user(argument[0], false); }
int system_setgid(const uint32_t *argument) { return become_group(argument[0], true); }
int system_setegid(const uint32_t *argument) { return become_group(argument[0], false); }
