// Process groups and sessions: who belongs together, at the terminal.
//
//     session 5 (one login)             the terminal belongs to one session, its foreground group is one group of it
//       group 5:  sh
//       group 8:  ls | wc                <- foreground: ^C and ^Z go to 8 and 9
//       group 10: sleep 100 &

#include "kernel.h"

#include "file.h"
#include "process.h"

// ---- groups; process_lock is held ----

// Also one that fork is still making.
static bool is_alive(const struct process *p) {
    return p->state != UNUSED && p->state != ZOMBIE && p->leader == p;
}

// Is there a process in the group whose parent, outside of the group but in the same session, could continue it?
bool group_is_orphaned(int group) {
    for (const struct process *p = process_table; p < process_table_end; p++) {
        if (!is_alive(p) || p->group != group || p->parent == 0) continue;
        const struct process *parent = p->parent;
        if (parent->group != group && parent->session == p->session && parent->state != ZOMBIE) return false;
    }
    return true;
}

static void signal_group(int group, int signal) {
    for (struct process *p = process_table; p < process_table_end; p++) {
        if (is_alive(p) && p->group == group) signal_send(p, signal);
    }
}

// Was it `ended`, as a parent, or its parent, through it, who could continue the group?
static bool has_left_group(const struct process *ended, int group) {
    const struct process *parent = ended->parent;
    if (ended->group == group) return parent != 0 && parent->group != group && parent->session == ended->session;
    for (const struct process *p = process_table; p < process_table_end; p++) {
        if (is_alive(p) && p->group == group && p->parent == ended && p->session == ended->session) return true;
    }
    return false;
}

// `ended` has become a zombie. A group that has just lost the last who could continue it does not stay stopped for ever;
// one that was an orphan before is left alone.
void group_continue_orphans(const struct process *ended) {
    for (const struct process *p = process_table; p < process_table_end; p++) {
        if (!is_alive(p) || p->stop_signal == 0) continue;
        if (!has_left_group(ended, p->group) || !group_is_orphaned(p->group)) continue;
        signal_group(p->group, SIGHUP);
        signal_group(p->group, SIGCONT);
    }
}

static bool group_exists(int group, int session) {
    for (const struct process *p = process_table; p < process_table_end; p++) {
        if (p->state != UNUSED && p->leader == p && p->group == group && p->session == session) return true;
    }
    return false;
}

bool group_is_in_session(int group, int session) {
    acquire(&process_lock);
    const bool is = group_exists(group, session);
    release(&process_lock);
    return is;
}

void process_signal_group(int group, int signal) {
    acquire(&process_lock);
    signal_group(group, signal);
    release(&process_lock);
}

// ---- system calls ----

static int set_group(struct process *p, int group) {
    struct process *caller = current_process();
    if (p == 0 || p->state == ZOMBIE || (p != caller && p->parent != caller)) return -ESRCH;
    if (p != caller && p->has_executed) return -EACCES;
    if (p->session == p->pid || p->session != caller->session) return -EPERM;
    if (group == 0) group = p->pid;
    if (group != p->pid && !group_exists(group, caller->session)) return -EPERM;
    p->group = group;
    return 0;
}

int process_set_group(int pid, int group) {
    if (group < 0 || pid < 0) return -EINVAL;
    acquire(&process_lock);
    const int result = set_group(pid == 0 ? current_process() : process_find(pid), group);
    release(&process_lock);
    return result;
}

int process_group(int pid) {
    acquire(&process_lock);
    const struct process *p = pid == 0 ? current_process() : process_find(pid);
    const int group = p == 0 ? -ESRCH : p->group;
    release(&process_lock);
    return group;
}

int process_session(int pid) {
    acquire(&process_lock);
    const struct process *p = pid == 0 ? current_process() : process_find(pid);
    const int session = p == 0 ? -ESRCH : p->session;
    release(&process_lock);
    return session;
}

// A session of its own, for a process that does not lead a group: with one group, and without a terminal.
int process_new_session(void) {
    struct process *p = current_process();
    acquire(&process_lock);
    int result = -EPERM;
    bool number_is_used = false;
    for (const struct process *other = process_table; other < process_table_end; other++) {
        if (other->state != UNUSED && other->leader == other && other->group == p->pid) number_is_used = true;
    }
    if (!number_is_used) result = p->session = p->group = p->pid;
    release(&process_lock);
    return result;
}
