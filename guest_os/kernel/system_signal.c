// System calls about signals.

#include "kernel.h"

#include "memory.h"
#include "process.h"
#include "system_call.h"

int system_kill(const uint32_t *argument) { return process_kill((int)argument[0], (int)argument[1]); }

int system_sigaction(const uint32_t *argument) {
    struct process *p = current_process();
    const uint32_t signal = argument[0];
    struct signal_action action, old;
    if (signal == 0 || signal >= NSIG) return -EINVAL;
    if (argument[1] != 0) {
        if (UNBLOCKABLE_SIGNALS & SIGNAL_BIT(signal)) return -EINVAL;
        if (user_check(argument[1], sizeof action, ACCESS_READ) < 0) return -EFAULT;
        memcpy(&action, (const void *)argument[1], sizeof action);
        action.mask &= ~UNBLOCKABLE_SIGNALS;
    }
    if (argument[2] != 0 && user_check(argument[2], sizeof old, ACCESS_WRITE) < 0) return -EFAULT;
    acquire(&process_lock);
    old = p->actions[signal];
    if (argument[1] != 0) signal_set_action(p, (int)signal, &action);
    release(&process_lock);
    if (argument[2] != 0) memcpy((void *)argument[2], &old, sizeof old);
    return 0;
}

int system_sigprocmask(const uint32_t *argument) {
    struct process *thread = current_thread();
    uint32_t set = 0;
    const uint32_t old = thread->blocked_signals;
    if (argument[1] != 0 && user_word(&set, argument[1]) < 0) return -EFAULT;
    if (argument[2] != 0 && user_put_word(argument[2], old) < 0) return -EFAULT;
    if (argument[1] == 0) return 0;
    switch (argument[0]) {
        case SIG_BLOCK: set |= old; break;
        case SIG_UNBLOCK: set = old & ~set; break;
        case SIG_SETMASK: break;
        default: return -EINVAL;
    }
    acquire(&process_lock);
    signal_set_mask(thread, set & ~UNBLOCKABLE_SIGNALS);
    release(&process_lock);
    return 0;
}

int system_sigpending(const uint32_t *argument) {
    const struct process *thread = current_thread();
    const uint32_t pending = thread->pending_signals | thread->leader->shared_signals;
    return user_put_word(argument[0], pending & thread->blocked_signals);
}

// The old mask is back in force when a handler has returned: see signal_act().
static int suspend(struct process *thread, uint32_t mask) {
    acquire(&process_lock);
    thread->saved_mask = thread->blocked_signals;
    thread->has_saved_mask = true;
    signal_set_mask(thread, mask & ~UNBLOCKABLE_SIGNALS);
    while (sleep_interruptible(&thread->saved_mask, &process_lock, "waiting for a signal")) {
    }
    release(&process_lock);
    return -EINTR;
}

int system_sigsuspend(const uint32_t *argument) {
    uint32_t mask;
    return user_word(&mask, argument[0]) < 0 ? -EFAULT : suspend(current_thread(), mask);
}

int system_pause(const uint32_t *) { return suspend(current_thread(), current_thread()->blocked_signals); }

// How long until SIGALRM comes, and after how long again; 0: never. In cycles.
int system_setitimer(const uint32_t *argument) {
    uint64_t set[2], old[2];
    if (argument[0] != 0) {
        if (user_check(argument[0], sizeof set, ACCESS_READ) < 0) return -EFAULT;
        memcpy(set, (const void *)argument[0], sizeof set);
    }
    if (argument[1] != 0 && user_check(argument[1], sizeof old, ACCESS_WRITE) < 0) return -EFAULT;
    alarm_set(current_process(), argument[0] != 0 ? set : 0, old);
    if (argument[1] != 0) memcpy((void *)argument[1], old, sizeof old);
    return 0;
}
