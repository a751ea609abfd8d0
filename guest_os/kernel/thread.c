// Threads: several that run in one process. They share what hangs on the leader's slot (files, signal actions, user, ...)
// and the address space; each has its own registers, kernel stack, mask of signals and place in the scheduler's queue.
//
//     slot 4: leader, pid 12 <----+----+       waitpid(), kill(), ps know the process by the leader's number
//     slot 5: thread, number 13 --+    |
//     slot 7: thread, number 14 -------+
//
// A thread that ends leaves a zombie that nobody waits for, until somebody looks for a free slot: see is_free(). The leader
// ends last: it waits for the others, and then the whole process is over.

#include "kernel.h"

#include "memory.h"
#include "process.h"
#include "system_call.h"
#include "trap.h"

#include <peach/wait.h>

// ---- beginning ----

static void fill_in(struct process *thread, struct process *leader, const uint32_t *argument) {
    const struct trap_frame *caller = current_thread()->trap_frame;
    thread->space = address_space_share(leader->space);
    *thread->trap_frame = (struct trap_frame){
        .epc = argument[0],
        .sp = argument[1],
        .a0 = argument[2],
        .tp = argument[3],
        .status = caller->status,
        .process = thread,
    };
    thread->blocked_signals = current_thread()->blocked_signals;
}

// thread_create(pc, sp, a0, tp)
int system_thread_create(const uint32_t *argument) {
    struct process *leader = current_process();
    struct process *thread = limit_allows_process() ? process_allocate(leader->name) : 0;
    if (thread == 0) return -EAGAIN;
    fill_in(thread, leader, argument);
    acquire(&process_lock);
    thread->leader = leader;
    thread->group = leader->group;
    thread->session = leader->session;
    thread->parent = leader->parent;
    schedule_inherit(thread, leader);
    leader->other_threads++;
    leader->has_had_threads = true;
    leader->limit_look_cycle = 0;  // it may be reached sooner now
    const int number = thread->pid;
    process_make_runnable(thread, "made by thread_create");
    release(&process_lock);
    return number;
}

int system_gettid(const uint32_t *) { return current_thread()->pid; }

// ---- the end ----

// Only this thread, not the leader, ends. process_lock is not held.
static _Noreturn void end_this_thread(struct process *thread) {
    struct process *leader = thread->leader;
    process_leave_address_space(thread);
    acquire(&process_lock);
    signal_set_mask(thread, ~0u);
    leader->other_threads--;
    usage_inherit(&leader->usage_of_threads, thread);
    process_set_state(thread, ZOMBIE, "the thread has ended");
    wakeup_locked(&leader->other_threads, "a thread has ended");
    switch_away();
    panic("a zombie runs");
}

// thread_exit(word): the word becomes 0 and whoever waits for it wakes, when the thread does not need its stack any more.
int system_thread_exit(const uint32_t *argument) {
    struct process *thread = current_thread();
    struct process *leader = thread->leader;
    if (argument[0] != 0 && user_put_word(argument[0], 0) == 0) futex_wake(argument[0], INT32_MAX);
    if (thread != leader) end_this_thread(thread);
    acquire(&process_lock);
    signal_set_mask(thread, ~UNBLOCKABLE_SIGNALS);  // for the others to act upon
    bool undisturbed = true;
    while (leader->other_threads > 0 && undisturbed) {
        undisturbed = sleep_interruptible(&leader->other_threads, &process_lock, "waiting for its threads to end");
    }
    release(&process_lock);
    if (undisturbed) process_exit(WAIT_STATUS_EXITED(0));
    return -EINTR;  // by what ends the process: see signal_act()
}

// True for the first that asks. process_lock is held.
static bool begin_to_end(struct process *leader) {
    if (leader->is_ending) return false;
    leader->is_ending = true;
    signal_end_all_threads(leader);
    return true;
}

// process_lock is held; the leader calls.
static void wait_for_others(struct process *leader) {
    while (leader->other_threads > 0) sleep(&leader->other_threads, &process_lock, "waiting for its threads to end");
}

// The process ends, with this status unless another thread was faster. Returns in the leader, when it is the last.
int threads_end(int wait_status) {
    struct process *thread = current_thread();
    struct process *leader = thread->leader;
    acquire(&process_lock);
    if (begin_to_end(leader)) leader->exit_status = wait_status;
    if (thread != leader) {
        release(&process_lock);
        end_this_thread(thread);
    }
    wait_for_others(leader);
    release(&process_lock);
    return leader->exit_status;
}

// The leader goes on after all, with a new program. process_lock is held.
static void live_on(struct process *leader) {
    leader->is_ending = false;
    leader->killed_by = 0;
    leader->has_saved_mask = false;
    leader->next_program = 0;
}

// For execve. Returns in the leader, when it is alone; another thread ends, and leaves the program to the leader. False: the
// process is ending already.
bool threads_end_others(struct program *program) {
    struct process *thread = current_thread();
    struct process *leader = thread->leader;
    if (thread == leader && leader->other_threads == 0) return true;
    acquire(&process_lock);
    const bool is_first = begin_to_end(leader);
    if (is_first && thread != leader) {
        leader->next_program = program;
        release(&process_lock);
        end_this_thread(thread);
    }
    if (is_first) {
        wait_for_others(leader);
        live_on(leader);
    }
    release(&process_lock);
    return is_first;
}

// The leader is alone. Has another thread left a program to it?
struct program *threads_take_program(struct process *leader) {
    acquire(&process_lock);
    struct program *program = leader->next_program;
    if (program != 0) live_on(leader);
    release(&process_lock);
    return program;
}

// ---- futex: sleep while a word in memory has a value ----

// What the threads that wait for a word sleep on: its address in their process; of a word in a MAP_SHARED mapping, which
// several processes have, the place in memory.
static const void *futex_channel(uint32_t address) {
    const uint32_t *entry = page_table_entry(current_process()->space->page_table, address, false);
    if (entry == 0 || (*entry & PTE_V) == 0 || !page_frame(entry_page(*entry))->is_shared) return (const void *)address;
    return (const char *)entry_page(*entry) + address % PAGE_SIZE;
}

static bool waits_for_futex(const struct process *t, const void *channel) {
    if (t->state != SLEEPING || t->wait_channel != channel) return false;
    return t->leader == current_process() || (uint32_t)channel >= USER_END;
}

// Wakes at most `most` threads that wait for the word; returns how many.
int futex_wake(uint32_t address, int most) {
    const void *channel = futex_channel(address);
    int woken = 0;
    acquire(&process_lock);
    for (struct process *t = process_table; t < process_table_end && woken < most; t++) {
        if (!waits_for_futex(t, channel)) continue;
        t->wait_channel = 0;  // not a second time, before it runs
        t->has_been_woken = true;
        process_make_runnable(t, "the futex it waited for was woken");
        woken++;
    }
    release(&process_lock);
    return woken;
}

// process_lock is held. Whoever has used up a wake-up says so, however late it comes to run and whatever signal has come
// since: else the word's next waiter would sleep for ever. A signal is seen to on the way out all the same.
static int futex_sleep(struct process *thread, const void *channel, uint64_t limit) {
    thread->has_been_woken = false;
    const bool undisturbed = sleep_interruptible_until(channel, &process_lock, limit, "waiting for a futex");
    if (thread->has_been_woken) return 0;
    if (!undisturbed) return -EINTR;
    return now() >= limit ? -ETIMEDOUT : 0;
}

// The value is looked at under process_lock, which a waker needs: no wake-up slips through in between.
static int futex_wait(uint32_t address, uint32_t value, uint64_t limit) {
    const void *channel = futex_channel(address);
    acquire(&process_lock);
    const bool must_wait = *(const volatile uint32_t *)address == value;
    const int result = must_wait ? futex_sleep(current_thread(), channel, limit) : -EAGAIN;
    release(&process_lock);
    return result;
}

// futex_wait(word, value, limit): the last points at the cycle until which to wait, or is null.
int system_futex_wait(const uint32_t *argument) {
    uint64_t limit = NEVER;
    const uint32_t address = argument[0];
    if (argument[2] != 0) {
        if (user_check(argument[2], sizeof limit, ACCESS_READ) < 0) return -EFAULT;
        memcpy(&limit, (const void *)argument[2], sizeof limit);
    }
    if (address % sizeof(uint32_t) != 0) return -EINVAL;
    if (user_check(address, sizeof(uint32_t), ACCESS_READ) < 0) return -EFAULT;
    return futex_wait(address, argument[1], limit);
}

int system_futex_wake(const uint32_t *argument) {
    if (argument[0] % sizeof(uint32_t) != 0) return -EINVAL;
    if (argument[0] >= USER_END) return -EFAULT;
    return futex_wake(argument[0], (int)argument[1]);
}

// ---- a signal for one thread ----

int system_thread_kill(const uint32_t *argument) {
    const int number = (int)argument[0], signal = (int)argument[1];
    if (signal < 0 || signal >= NSIG) return -EINVAL;
    int result = -ESRCH;
    acquire(&process_lock);
    for (struct process *t = process_table; t < process_table_end; t++) {
        if (t->pid != number || t->leader != current_process() || t->state == UNUSED || t->state == ZOMBIE) continue;
        if (signal != 0) signal_send_from_caller_to_thread(t, signal);
        result = 0;
    }
    release(&process_lock);
    return result;
}
