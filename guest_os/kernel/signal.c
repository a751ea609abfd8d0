// Signals: sent at any moment, seen to when the process is about to leave the kernel.
//
//     kill(), the terminal, a fault, an alarm, the end of a child
//        |
//        |  signal_send(): a bit in shared_signals (for the process) or in pending_signals (for a thread);
//        v                 wakes a thread that sleeps interruptibly
//     arrived and not blocked: looked for by user_trap() on its way out, and by sleep_interruptible()
//        |
//        |  signal_act()
//        +---> ignored: nothing
//        +---> stop: sleeps until SIGCONT or SIGKILL, here in the kernel
//        +---> the end: process_exit()
//        +---> a handler: see signal_frame.c
//
// process_lock is held in every function whose comment does not say otherwise.

#include "kernel.h"

#include "process.h"
#include "trap.h"

#include <peach/wait.h>

#define STOP_SIGNALS (SIGNAL_BIT(SIGSTOP) | SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) | SIGNAL_BIT(SIGTTOU))
#define HARMLESS_SIGNALS (SIGNAL_BIT(SIGCHLD) | SIGNAL_BIT(SIGCONT) | SIGNAL_BIT(SIGURG) | SIGNAL_BIT(SIGWINCH))
// Those that a thread has brought upon itself come first, while its registers still tell how.
#define FAULT_SIGNALS \
    (SIGNAL_BIT(SIGSEGV) | SIGNAL_BIT(SIGBUS) | SIGNAL_BIT(SIGILL) | SIGNAL_BIT(SIGTRAP) | SIGNAL_BIT(SIGFPE))

// ---- what is there, and what it will do ----

static bool does_nothing(const struct process *leader, int signal) {
    const uint32_t handler = leader->actions[signal].handler;
    return handler == SIGNAL_IGNORE || (handler == SIGNAL_DEFAULT && (HARMLESS_SIGNALS & SIGNAL_BIT(signal)));
}

static bool stops(const struct process *leader, int signal) {
    return leader->actions[signal].handler == SIGNAL_DEFAULT && (STOP_SIGNALS & SIGNAL_BIT(signal));
}

bool signal_is_ignored_or_blocked(const struct process *thread, int signal) {
    return thread->leader->actions[signal].handler == SIGNAL_IGNORE ||
           (thread->blocked_signals & SIGNAL_BIT(signal));
}

static int first_of(uint32_t set) {
    int signal = 1;
    while ((set & SIGNAL_BIT(signal)) == 0) signal++;
    return signal;
}

// SIGKILL before all; then faults; then in the order of the numbers. At least one has arrived.
static int next_signal(const struct process *thread) {
    const uint32_t set = signals_arrived(thread);
    if (set & SIGNAL_BIT(SIGKILL)) return SIGKILL;
    return first_of(set & FAULT_SIGNALS ? set & FAULT_SIGNALS : set);
}

static struct signal_origin take(struct process *thread, int signal) {
    if (thread->pending_signals & SIGNAL_BIT(signal)) {
        thread->pending_signals &= ~SIGNAL_BIT(signal);
        return thread->origins[signal];
    }
    thread->leader->shared_signals &= ~SIGNAL_BIT(signal);
    return thread->leader->origins[signal];
}

// ---- sending ----

static void alert(struct process *thread) {
    if (thread->state == SLEEPING && thread->is_interruptible) process_make_runnable(thread, "a signal has arrived");
    if (thread->state == RUNNING && thread != current_thread()) interrupt_cpus(1u << thread->last_cpu);
}

static void alert_one_that_does_not_block(struct process *leader, int signal) {
    for (struct process *thread = process_table; thread < process_table_end; thread++) {
        if (thread->leader != leader || thread->state == UNUSED || thread->state == ZOMBIE) continue;
        if (thread->blocked_signals & SIGNAL_BIT(signal)) continue;
        alert(thread);
        return;
    }
}

// Whoever blocks from now on what has arrived for any thread may be the only one who was told. Whoever ends blocks all.
void signal_set_mask(struct process *thread, uint32_t mask) {
    uint32_t left = thread->leader->shared_signals & mask & ~thread->blocked_signals;
    thread->blocked_signals = mask;
    for (; left != 0; left &= left - 1) alert_one_that_does_not_block(thread->leader, first_of(left));
}

static void forget(struct process *leader, uint32_t signals) {
    for (struct process *thread = process_table; thread < process_table_end; thread++) {
        if (thread->leader == leader) thread->pending_signals &= ~signals;
    }
    leader->shared_signals &= ~signals;
}

// `status` is what waitpid() would report.
static struct signal_origin origin_of_news(const struct process *child, int status) {
    struct signal_origin origin = {.pid = child->pid, .uid = (uint16_t)child->uid};
    if (WIFCONTINUED(status)) {
        origin.code = CLD_CONTINUED;
        origin.status = SIGCONT;
    } else if (WIFSIGNALED(status)) {
        origin.code = CLD_KILLED;
        origin.status = (uint8_t)WTERMSIG(status);
    } else {
        origin.code = WIFSTOPPED(status) ? CLD_STOPPED : CLD_EXITED;
        origin.status = (uint8_t)WEXITSTATUS(status);
    }
    return origin;
}

static void send(struct process *p, int signal, const struct signal_origin *origin);

static void tell_parent(struct process *leader, const char *what, int status) {
    struct process *parent = leader->parent;
    if (parent == 0) return;
    wakeup_locked(parent, what);
    const bool has_ended = WIFEXITED(status) || WIFSIGNALED(status);
    if (!has_ended && (parent->actions[SIGCHLD].flags & SA_NOCLDSTOP)) return;
    const struct signal_origin origin = origin_of_news(leader, status);
    send(parent, SIGCHLD, &origin);
}

void signal_tell_parent_of_end(struct process *leader) {
    tell_parent(leader, "a child has ended", leader->exit_status);
}

static void resume(struct process *leader, int signal) {
    if (leader->stop_signal == 0) return;
    leader->stop_signal = 0;
    leader->news = 0;
    wakeup_locked(&leader->stop_signal, signal == SIGCONT ? "continued by SIGCONT" : "killed while it was stopped");
    if (signal != SIGCONT) return;
    leader->news = WAIT_STATUS_CONTINUED;
    tell_parent(leader, "a child continues", leader->news);
}

// SIGCONT continues, even if it is blocked or ignored; and what would stop and what would continue cancel out.
static void cancel_opposites(struct process *leader, int signal) {
    if (signal == SIGCONT) forget(leader, STOP_SIGNALS);
    if (STOP_SIGNALS & SIGNAL_BIT(signal)) forget(leader, SIGNAL_BIT(SIGCONT));
    if (signal == SIGCONT || signal == SIGKILL) resume(leader, signal);
}

// Their own way out is to be killed; what the parent hears is exit_status.
void signal_end_all_threads(struct process *leader) {
    resume(leader, SIGKILL);
    leader->killed_by = SIGKILL;
    for (struct process *thread = process_table; thread < process_table_end; thread++) {
        if (thread->leader == leader && thread->state != UNUSED) alert(thread);
    }
}

// Is there no use in remembering it? Init is hurt only by signals that it wants.
static bool is_lost_on(const struct process *thread, int signal) {
    const struct process *leader = thread->leader;
    if (leader->state == ZOMBIE || leader->state == UNUSED) return true;
    if (leader->pid == INIT_PID && leader->actions[signal].handler == SIGNAL_DEFAULT) return true;
    return does_nothing(leader, signal) && (thread->blocked_signals & SIGNAL_BIT(signal)) == 0;
}

static void remember(struct process *p, uint32_t *set, int signal, const struct signal_origin *origin) {
    if ((*set & SIGNAL_BIT(signal)) == 0) p->origins[signal] = *origin;
    *set |= SIGNAL_BIT(signal);
}

// To a process. A thread that does not block it is told, but another one may act first; and if the one that was told
// blocks it before it acts, the next is told: see signal_set_mask().
static void send(struct process *p, int signal, const struct signal_origin *origin) {
    struct process *leader = p->leader;
    cancel_opposites(leader, signal);
    if (is_lost_on(leader, signal)) return;
    remember(leader, &leader->shared_signals, signal, origin);
    alert_one_that_does_not_block(leader, signal);
}

static struct signal_origin caller(void) {
    const struct process *p = current_process();
    return (struct signal_origin){.code = SI_USER, .pid = p->pid, .uid = (uint16_t)p->uid};
}

void signal_send(struct process *p, int signal) { send(p, signal, &(struct signal_origin){.code = SI_KERNEL}); }

void signal_send_from_caller(struct process *p, int signal) {
    const struct signal_origin origin = caller();
    send(p, signal, &origin);
}

void signal_send_from_caller_to_thread(struct process *thread, int signal) {
    const struct signal_origin origin = caller();
    cancel_opposites(thread->leader, signal);
    if (is_lost_on(thread, signal)) return;
    remember(thread, &thread->pending_signals, signal, &origin);
    if ((thread->blocked_signals & SIGNAL_BIT(signal)) == 0) alert(thread);
}

// Takes process_lock itself. What the calling thread has done is answered for by itself.
void signal_send_to_caller(int signal) {
    acquire(&process_lock);
    signal_send_from_caller_to_thread(current_thread(), signal);
    release(&process_lock);
}

// What is ignored from now on need not wait any longer, blocked or not.
void signal_set_action(struct process *leader, int signal, const struct signal_action *action) {
    leader->actions[signal] = *action;
    if (does_nothing(leader, signal)) forget(leader, SIGNAL_BIT(signal));
}

// Takes process_lock itself. A fault: this thread cannot go on without acting. True if that will be its end.
bool signal_force(struct process *thread, int signal, uint32_t address) {
    acquire(&process_lock);
    struct signal_action *action = &thread->leader->actions[signal];
    if (signal_is_ignored_or_blocked(thread, signal)) action->handler = SIGNAL_DEFAULT;
    thread->blocked_signals &= ~SIGNAL_BIT(signal);
    remember(thread, &thread->pending_signals, signal, &(struct signal_origin){.code = SI_KERNEL});
    thread->fault_address = address;
    const bool is_the_end = action->handler == SIGNAL_DEFAULT;
    release(&process_lock);
    return is_the_end;
}

// ---- stopping ----

static const char *stop_reason(int signal) {
    switch (signal) {
        case SIGTSTP: return "stopped by SIGTSTP";
        case SIGTTIN: return "stopped by SIGTTIN";
        case SIGTTOU: return "stopped by SIGTTOU";
        default: return "stopped by SIGSTOP";
    }
}

static void stop(struct process *leader, int signal) {
    if (signal != SIGSTOP && group_is_orphaned(leader->group)) return;  // nobody could continue it
    leader->stop_signal = signal;
    leader->news = WAIT_STATUS_STOPPED(signal);
    tell_parent(leader, "a child has stopped", leader->news);
    for (struct process *thread = process_table; thread < process_table_end; thread++) {
        if (thread->leader == leader && thread->state != UNUSED) alert(thread);
    }
}

// It is for this thread now, whoever else could have acted: a system call that gives up for a signal will have it.
static void keep_for_itself(struct process *thread, int signal) {
    const struct signal_origin origin = take(thread, signal);
    remember(thread, &thread->pending_signals, signal, &origin);
}

// Sees to everything that has arrived, as long as that neither ends the process nor calls a handler: returns true
// when it would. The lock is free while the thread is stopped.
bool signal_wants_out(struct process *thread) {
    struct process *leader = thread->leader;
    for (;;) {
        if (leader->killed_by != 0) return true;
        if (leader->stop_signal != 0) {
            sleep(&leader->stop_signal, &process_lock, stop_reason(leader->stop_signal));
            continue;
        }
        if (signals_arrived(thread) == 0) return false;
        const int signal = next_signal(thread);
        if (!does_nothing(leader, signal) && !stops(leader, signal)) {
            keep_for_itself(thread, signal);
            return true;
        }
        take(thread, signal);
        if (stops(leader, signal)) stop(leader, signal);
    }
}

// ---- acting ----

// Takes process_lock itself. The thread is about to return to user mode.
void signal_act(struct process *thread) {
    struct process *leader = thread->leader;
    acquire(&process_lock);
    if (!signal_wants_out(thread)) {
        if (thread->has_saved_mask) signal_set_mask(thread, thread->saved_mask);
        thread->has_saved_mask = false;
        release(&process_lock);
        return;
    }
    const int signal = leader->killed_by != 0 ? leader->killed_by : next_signal(thread);
    const struct signal_origin origin = take(thread, signal);
    const struct signal_action action = leader->actions[signal];
    if (leader->killed_by != 0 || action.handler == SIGNAL_DEFAULT) {
        release(&process_lock);
        process_exit(WAIT_STATUS_KILLED(signal));
    }
    const uint32_t old_mask = thread->has_saved_mask ? thread->saved_mask : thread->blocked_signals;
    thread->has_saved_mask = false;
    const uint32_t more = action.mask | (action.flags & SA_NODEFER ? 0 : SIGNAL_BIT(signal));
    signal_set_mask(thread, thread->blocked_signals | more);
    if (action.flags & SA_RESETHAND) leader->actions[signal].handler = SIGNAL_DEFAULT;
    release(&process_lock);
    signal_call_handler(thread, signal, &action, old_mask, &origin);
}

// ---- fork and exec ----

void signal_inherit(struct process *child, const struct process *parent_thread) {
    memcpy(child->actions, parent_thread->leader->actions, sizeof child->actions);
    child->blocked_signals = parent_thread->blocked_signals;
}

// Handlers are gone with the old program; what is ignored stays ignored.
void signal_forget_handlers(struct process *p) {
    acquire(&process_lock);
    for (int signal = 1; signal < NSIG; signal++) {
        if (p->actions[signal].handler != SIGNAL_IGNORE) p->actions[signal] = (struct signal_action){0};
    }
    release(&process_lock);
}

// The last thing before user mode, also of a thread that has never been there. Interrupts are off, and so is process_lock.
void signals_before_user_mode(struct process *thread) {
    while (signal_is_due(thread)) {
        interrupts_on();
        signal_act(thread);
        interrupts_off();
    }
}
