// The process table: how processes come to be and how they end.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "memory.h"
#include "terminal.h"
#include "trap.h"

#include <peach/wait.h>

struct process process_table[PROCESS_COUNT];
struct process *process_table_end = process_table;
struct spinlock process_lock = {.name = "process"};

static struct process *init_process;
static int last_pid;  // process_lock guards it

extern const char init_code[], init_code_end[];

// Whoever watches the kernel stops at the first instruction: the change has just been made.
__attribute__((noinline)) static void state_has_changed(struct process *p, enum process_state old_state) {
    const uint64_t time = now();
    p->cycles_in[old_state] += time - p->state_cycle;
    p->state_cycle = time;
}

__attribute__((noinline)) void process_set_state(struct process *p, enum process_state new_state,
                                                 const char *reason) {
    ASSERT(process_lock.holder == this_cpu());  // as holding() has it, without the call
    const enum process_state old_state = p->state;
    p->wait_reason = reason;
    p->state = new_state;
    state_has_changed(p, old_state);
}

uint64_t process_run_cycles(const struct process *p) {
    const uint64_t before = p->cycles_in[RUNNING];
    return p->state == RUNNING ? before + now() - p->state_cycle : before;
}

// Nobody stops the clock for us: on another CPU the process may just be adding to it.
uint64_t process_user_cycles(const struct process *p) {
    const uint64_t run = process_run_cycles(p);
    return p->user_cycles < run ? p->user_cycles : run;
}

struct process *process_find(int pid) {
    for (struct process *p = process_table; p < process_table_end; p++) {
        if (p->state != UNUSED && p->pid == pid && p->leader == p) return p;
    }
    return 0;
}

// ---- birth ----

// Below the trap frame, the kernel stack looks as if process_entry (trap.s) had called swtch(): so the next switch to the
// process begins there.
static void begin_at_entry(struct process *p) {
    p->context = (struct context){.ra = (uint32_t)process_entry, .sp = (uint32_t)p->trap_frame, .tp = p};
}

// The trap frame lies at the top of the kernel stack.
static bool make_kernel_stack(struct process *p) {
    p->kernel_stack = page_allocate_unfilled();
    if (p->kernel_stack == 0) return false;
    page_becomes(p->kernel_stack, FRAME_STACK);
    *(uint32_t *)p->kernel_stack = KERNEL_STACK_MARK;
    p->trap_frame = (struct trap_frame *)(p->kernel_stack + PAGE_SIZE) - 1;
    p->trap_frame->process = p;
    begin_at_entry(p);
    return true;
}

// Makes a slot free. process_lock is held, and nobody runs on the kernel stack.
static void bury(struct process *p, const char *reason) {
    page_release(p->kernel_stack);
    p->kernel_stack = 0;
    p->parent = 0;
    process_set_state(p, UNUSED, reason);
}

// process_lock is held.
static bool is_free(struct process *p) {
    if (p->state == ZOMBIE && p->leader != p) bury(p, "nobody waits for a thread");
    return p->state == UNUSED;
}

struct process *process_allocate(const char *name) {
    acquire(&process_lock);
    struct process *p = process_table;
    while (p < process_table + PROCESS_COUNT && !is_free(p)) p++;
    if (p == process_table + PROCESS_COUNT) {
        release(&process_lock);
        return 0;
    }
    if (p == process_table_end) process_table_end++;
    memset(p, 0, sizeof *p);
    p->pid = ++last_pid;
    p->leader = p;
    copy_name(p->name, name, sizeof p->name);
    p->start_cycle = p->arrival_cycle = p->state_cycle = now();
    p->first_run_cycle = NEVER;
    process_set_state(p, EMBRYO, "being made");
    release(&process_lock);
    if (make_kernel_stack(p)) return p;
    acquire(&process_lock);
    process_set_state(p, UNUSED, "no memory for a kernel stack");
    release(&process_lock);
    return 0;
}

void process_leave_address_space(struct process *p) {
    struct address_space *space = p->space;
    interrupts_push_off();
    p->space = 0;
    address_space_load_kernel();
    interrupts_pop_off();
    if (space != 0) address_space_release(space);
}

// Process 1 starts as the few instructions of init_code.s.
void process_start_first(void) {
    struct process *p = init_process = process_allocate("init");
    ASSERT(p != 0 && p->pid == INIT_PID);
    p->group = p->pid;  // and no session: the terminal is for those who log in
    p->umask = 022;
    p->schedule.tickets = TICKETS_DEFAULT;
    limits_start(p);
    p->space = address_space_create();
    p->space->pid = p->pid;
    region_add(p->space, USER_START, USER_START + PAGE_SIZE, PTE_R | PTE_X);
    page_fault_in(p->space, USER_START, USER_START + PAGE_SIZE);
    page_copy_out(p->space, USER_START, init_code, (uint32_t)(init_code_end - init_code));
    p->space->heap_start = p->space->heap_end = USER_START + PAGE_SIZE;
    p->trap_frame->epc = USER_START;
    p->trap_frame->sp = USER_END;
    p->trap_frame->status = STATUS_PREVIOUS_USER | STATUS_PREVIOUS_IE;
    acquire(&process_lock);
    process_make_runnable(p, "first process");
    release(&process_lock);
}

// Descriptors 0, 1 and 2 of init, which everybody inherits.
static void open_console(struct process *p) {
    struct file *console = file_allocate();
    console->operations = &console_operations;
    console->readable = console->writable = true;
    p->files[0] = console;
    p->files[1] = file_share(console);
    p->files[2] = file_share(console);
}

// The first thing a new process does, called by process_entry: swtch() has come here from dispatch(), which holds
// process_lock. Reading the disk takes a process that can sleep, so it is init that mounts the file system.
void process_begin(void) {
    release(&process_lock);
    struct process *p = current_thread();
    if (p == init_process) {
        interrupts_on();
        file_system_mount(p);
        open_console(p);
    }
    interrupts_off();
    signals_before_user_mode(p);
    p->user_since = READ_CONTROL(cycle);
}

static void give_up_child(struct process *child, const char *reason) {
    acquire(&process_lock);
    wakeup_locked(current_process(), reason);  // another thread may wait for it
    bury(child, reason);
    release(&process_lock);
}

// From here on the child gets what is sent to its group. What came before, the parent has got; if it has yet to act upon
// that, it does so first, and perhaps there will be no child: false. So no chain of forks outruns a signal.
static bool join_family(struct process *child, struct process *parent) {
    acquire(&process_lock);
    child->uid = parent->uid, child->euid = parent->euid, child->saved_uid = parent->saved_uid;
    signal_inherit(child, current_thread());
    child->parent = parent;
    child->group = parent->group;
    child->session = parent->session;
    const bool may_be_born = !signal_has_arrived(current_thread());
    release(&process_lock);
    return may_be_born;
}

int process_fork(void) {
    struct process *parent = current_process();
    if (!limit_allows_process()) return -EAGAIN;
    struct process *child = process_allocate(parent->name);
    if (child == 0) return -EAGAIN;
    if (!join_family(child, parent)) {
        give_up_child(child, "a signal to its parent came first");
        return signal_call_again(current_thread());
    }
    child->space = address_space_copy(parent->space);
    if (child->space == 0) {
        give_up_child(child, "no memory for a copy");
        return -ENOMEM;
    }
    child->space->pid = child->pid;
    *child->trap_frame = *current_thread()->trap_frame;
    child->trap_frame->process = child;
    child->trap_frame->a0 = 0;  // what fork returns in the child
    files_inherit(child, parent);
    child->directory = directory_inherit(parent);
    child->gid = parent->gid, child->egid = parent->egid, child->saved_gid = parent->saved_gid;
    child->umask = parent->umask;
    memcpy(child->limits, parent->limits, sizeof child->limits);
    schedule_inherit(child, parent);

    acquire(&process_lock);
    const int pid = child->pid;
    process_make_runnable(child, "made by fork");
    release(&process_lock);
    return pid;
}

// ---- death ----

static void close_files(struct process *p) {
    for (int i = 0; i < OPEN_MAX; i++) {
        if (p->files[i] != 0) file_close(p->files[i]);
        p->files[i] = 0;
    }
    file_system_begin();
    inode_put(p->directory);
    file_system_end();
}

// Orphans become children of init. process_lock is held.
static void give_children_to_init(struct process *p) {
    for (struct process *child = process_table; child < process_table_end; child++) {
        if (child->parent != p) continue;
        child->parent = init_process;
        if (child->state == ZOMBIE) wakeup_locked(init_process, "an orphan has ended");
    }
}

// A parent that ignores SIGCHLD does not want to hear of it: init collects the zombie. process_lock is held.
static void leave_uninterested_parent(struct process *p) {
    const struct signal_action *action = &p->parent->actions[SIGCHLD];
    if (p->parent == init_process) return;
    if (action->handler != SIGNAL_IGNORE && (action->flags & SA_NOCLDWAIT) == 0) return;
    wakeup_locked(p->parent, "a child has ended, which it ignores");
    p->parent = init_process;
}

static void bury_threads(struct process *leader) {
    for (struct process *p = process_table; p < process_table_end; p++) {
        if (p->leader == leader && p != leader && p->state == ZOMBIE) bury(p, "the whole process has ended");
    }
}

// The leader was on its way out, somewhere in the kernel. All that is forgotten, and it goes to user mode as the program.
static _Noreturn void begin_anew(struct process *p, struct program *program) {
    struct context forgotten;
    exec_as_leader(program);
    p->pin_count = 0;
    acquire(&process_lock);
    begin_at_entry(p);
    process_make_runnable(p, "begins anew as another program");
    swtch(&forgotten, &this_cpu()->scheduler);
    panic("somebody has come back");
}

// Everything goes but the slot, which keeps the status for the parent, and the kernel stack, which we stand on.
_Noreturn void process_exit(int wait_status) {
    struct process *p = current_process();
    if (p->other_threads > 0 || p->is_ending || p != current_thread()) wait_status = threads_end(wait_status);
    struct program *program = threads_take_program(p);
    if (program != 0) begin_anew(p, program);
    if (p == init_process) panic("init has ended with wait status %x; is there a /bin/init on the disk?", wait_status);
    terminal_leave(p);
    close_files(p);
    process_leave_address_space(p);

    acquire(&process_lock);
    bury_threads(p);
    alarm_cancel(p);
    p->exit_status = wait_status;
    process_set_state(p, ZOMBIE, WIFEXITED(wait_status) ? "has exited" : "was killed by a signal");
    group_continue_orphans(p);
    give_children_to_init(p);
    leave_uninterested_parent(p);
    signal_tell_parent_of_end(p);
    switch_away();
    panic("a zombie runs");
}

static bool is_wanted(const struct process *child, int pid) {
    if (pid > 0) return child->pid == pid;
    if (pid == -1) return true;
    return child->group == (pid == 0 ? current_process()->group : -pid);
}

// Has it stopped or continued, and does the parent want to know?
static bool has_news(const struct process *child, int options) {
    if (child->news == WAIT_STATUS_CONTINUED) return (options & WCONTINUED) != 0;
    return child->news != 0 && (options & WUNTRACED) != 0;
}

// One look at the children. A pid and its status if one has ended, 0 if none of those wanted has, or -ECHILD.
static int collect(int pid, int *wait_status, int options) {
    int result = -ECHILD;
    for (struct process *child = process_table; child < process_table_end; child++) {
        if (child->parent != current_process() || child->leader != child || !is_wanted(child, pid)) continue;
        if (child->state == ZOMBIE) {
            *wait_status = child->exit_status;
            usage_inherit(&current_process()->usage_of_children, child);
            bury(child, "its parent has collected the status");
            return child->pid;
        }
        if (has_news(child, options)) {
            *wait_status = child->news;
            child->news = 0;
            return child->pid;
        }
        result = 0;
    }
    return result;
}

int process_wait(int pid, int *wait_status, int options) {
    struct process *p = current_process();
    if (options & ~(WNOHANG | WUNTRACED | WCONTINUED)) return -EINVAL;
    acquire(&process_lock);
    int result = collect(pid, wait_status, options);
    while (result == 0 && (options & WNOHANG) == 0) {
        const bool undisturbed = sleep_interruptible(p, &process_lock, "waiting for a child to end");
        result = collect(pid, wait_status, options);
        if (result == 0 && !undisturbed) result = -EINTR;
    }
    release(&process_lock);
    return result;
}

// ---- kill ----

void process_end_for_memory(struct process *p) { signal_send(p->leader, SIGKILL); }

static bool is_addressed(const struct process *p, int pid) {
    if (p->state == UNUSED || p->group == 0 || p->leader != p) return false;
    if (pid > 0) return p->pid == pid;
    if (pid == -1) return p != init_process && p != current_process();
    return p->group == (pid == 0 ? current_process()->group : -pid);
}

// To one's own processes; within a session also to all, to continue them. Root may signal everybody.
static bool may_signal(const struct process *p, int signal) {
    const struct process *caller = current_process();
    if (caller->euid == 0 || caller->euid == p->uid || caller->euid == p->saved_uid) return true;
    if (caller->uid == p->uid || caller->uid == p->saved_uid) return true;
    return signal == SIGCONT && caller->session == p->session;
}

int process_kill(int pid, int signal) {
    if (signal < 0 || signal >= NSIG) return -EINVAL;
    int result = -ESRCH;
    acquire(&process_lock);
    for (struct process *p = process_table; p < process_table_end; p++) {
        if (!is_addressed(p, pid)) continue;
        if (may_signal(p, signal)) {
            if (signal != 0) signal_send_from_caller(p, signal);
            result = 0;
        } else if (result == -ESRCH) {
            result = -EPERM;
        }
    }
    release(&process_lock);
    return result;
}

// ---- for ps ----

static void describe(const struct process *p, struct process_status *status) {
    *status = (struct process_status){
        .pid = p->pid,
        .parent_pid = p->parent == 0 ? 0 : p->parent->pid,
        .group = p->group,
        .session = p->session,
        .process = p->leader->pid,
        .uid = p->leader->uid,
        .euid = p->leader->euid,
        .gid = p->leader->gid,
        .nice = p->schedule.nice,
        .stop_signal = p->leader->stop_signal,
        .has_terminal = terminal_is_of(p->session),
        .state = (int32_t)p->state,
        .cpu = p->last_cpu,
        .start_cycle = p->start_cycle,
        .run_cycles = process_run_cycles(p),
        .user_cycles = process_user_cycles(p),
        .arrival_cycle = p->arrival_cycle,
        .first_run_cycle = p->first_run_cycle,
        .state_cycle = p->state_cycle,
        .ready_cycles = p->cycles_in[RUNNABLE],
        .sleep_cycles = p->cycles_in[SLEEPING],
        .switches = p->switches,
        .faults = p->faults,
        .major_faults = p->major_faults,
        .system_calls = p->system_calls,
    };
    const struct address_space *space = p->space;  // read once: p may just be leaving it, without process_lock
    if (space != 0) {
        status->memory_bytes = space->heap_end - USER_START + USER_END - space->stack_start;
        status->resident_pages = space->resident;
        status->swapped_pages = space->swapped;
    }
    copy_name(status->name, p->name, sizeof status->name);
    copy_name(status->wait_reason, p->wait_reason, sizeof status->wait_reason);
}

int process_describe(int index, struct process_status *status) {
    if (index < 0 || index >= PROCESS_COUNT) return -EINVAL;
    const struct process *p = &process_table[index];
    acquire(&process_lock);
    const bool in_use = p->state != UNUSED;
    if (in_use) describe(p, status);
    release(&process_lock);
    return in_use;
}
