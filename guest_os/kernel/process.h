#pragma once
// Processes: the process control block, and the calls that move a process through its life.

#include "cpu.h"
#include "lock.h"

#include <peach/limits_of_process.h>
#include <peach/process_status.h>
#include <peach/scheduling.h>
#include <peach/signal.h>
#include <stdbool.h>
#include <stdint.h>

#define INIT_PID 1
#define ID_MAX 0xFFFFu  // of users and their groups: an inode has no room for more
#define NEVER UINT64_MAX
#define HELD_FILES_MAX 4
#define PROCESS_STATES (ZOMBIE + 1)
#define KERNEL_STACK_MARK 0x57ACCE55u  // the lowest word of every kernel stack: is it still there?

// The registers of an interrupted program, saved by trap.s, which knows the offsets. For a user program it lies at
// the very top of the process's kernel stack.
struct trap_frame {
    uint32_t ra;  // x1
    uint32_t sp;
    uint32_t gp;
    uint32_t tp;
    uint32_t t0;
    uint32_t t1;
    uint32_t t2;
    uint32_t fp;
    uint32_t s1;
    uint32_t a0;
    uint32_t a1;
    uint32_t a2;
    uint32_t a3;
    uint32_t a4;
    uint32_t a5;  // x15
    uint32_t epc;
    uint32_t status;
    struct process *process;  // goes into tp at a trap from user mode
};

// What scheduling policies know of a process. The second part is the notes of the policy in force, which another policy
// does not find: they begin anew with it.
struct schedule {
    uint64_t length;       // declared, from length_from of its run cycles on; 0: not declared
    uint64_t length_from;
    uint32_t tickets;
    int nice;

    uint32_t level;         // multi-level feedback queue
    uint32_t quanta_left;   // of the allotment at this level, with the present one
    uint64_t quantum_left;
    uint64_t settled;       // run cycles that have been charged
    uint32_t boosts;        // the number of the boost that it has seen
    uint64_t pass;          // stride: how far it has come
};

// Where a signal came from, for the siginfo_t of a handler: see there. Of several of one number that arrive before the
// first is seen to, the first counts.
struct signal_origin {
    int pid;
    uint16_t uid;
    uint8_t code;
    uint8_t status;
};

// A range of user addresses: see user_memory.c.
#define PINS_MAX 8
struct pin {
    uint32_t start, end;
};

// The process control block.
//
// A process is one thread or several. Each thread has a slot of the process table, a kernel stack and registers of its
// own; one, the leader, stands for the process as a whole: what threads share is in its slot, and `leader` of each
// points at it. So current_process() is whose memory and files they are, current_thread() is who runs.
struct process {
    // process_lock guards these.
    enum process_state state;
    const char *wait_reason;   // why it is in that state
    const void *wait_channel;  // what it sleeps on, or null
    bool is_interruptible;     // a signal may end its sleep
    bool has_been_woken;       // by futex_wake(), which will not wake another one instead
    int pid;
    int group;               // process group; 0 while fork or thread_create have just begun: nobody may know it yet
    int session;             // and the session that belongs to
    struct process *leader;  // itself, if it is not one of several threads
    struct process *parent;  // null for init
    int exit_status;         // of a zombie, as waitpid() reports it
    int killed_by;           // the signal that the kernel has chosen to end it, or 0
    int stop_signal;         // the one that has stopped it: it sleeps on this; 0: not stopped
    int news;                // the status that waitpid() has not reported yet: stopped, continued; else 0
    bool has_executed;       // execve(), since its fork
    int other_threads;       // of this leader
    bool has_had_threads;    // since its last execve(): what a system call has checked, a thread may have unmapped
    bool is_ending;          // with exit_status, as soon as all threads have noticed...
    struct program *next_program;  // ...or with a new program, by execve() of another thread than the leader
    struct process *next_alarm;
    uint64_t alarm_cycle;     // when SIGALRM comes, or 0
    uint64_t alarm_interval;  // after how long it comes again, or 0
    uint32_t pending_signals;  // arrived, for this thread; a bit each
    uint32_t shared_signals;   // arrived, for any thread; the leader's counts
    struct signal_origin origins[NSIG];  // of both
    uint32_t blocked_signals;  // a bit each
    uint32_t saved_mask;       // what they will be again after the next handler: sigsuspend()
    bool has_saved_mask;
    struct signal_action actions[NSIG];  // the leader's count
    uint64_t wake_cycle;     // until when it sleeps, or NEVER
    uint32_t uid, euid, saved_uid;  // user: the real one, the one that counts, and the one that seteuid() can go back to
    uint32_t gid, egid, saved_gid;  // group of users, likewise
    struct rlimit limits[RLIMIT_COUNT];      // the leader's count, as for the next five
    uint32_t cpu_warnings;                   // how often SIGXCPU was sent
    uint64_t limit_look_cycle;               // before this, RLIMIT_CPU cannot be reached
    uint64_t cycles_before_job;              // run cycles that are not in the accounts any more: RLIMIT_CPU counts them
    struct process_usage usage_of_threads;   // of those that have ended
    struct process_usage usage_of_children;  // of those that have been collected
    struct process *next_sleeper;
    struct process *next_ready;  // in the queue of the policy
    struct schedule schedule;

    // Accounts, kept by process_set_state() and dispatch(); process_lock guards them, too.
    uint64_t arrival_cycle;    // when they began: when it was made, or as job_start() said
    uint64_t first_run_cycle;  // when a CPU was first given to it after that, or NEVER
    uint64_t state_cycle;      // when it came into its state
    uint64_t cycles_in[PROCESS_STATES];  // how long it was in each state before that
    uint32_t switches;                   // how often a CPU was given to it
    uint32_t preemptions;                // and how often it was taken away
    int last_cpu;

    // Only the process itself uses these, or whoever makes or buries it.
    char name[PROCESS_NAME_MAX];
    struct trap_frame *trap_frame;  // at the top of the kernel stack
    struct context context;         // where swtch() continues it
    uint8_t *kernel_stack;          // one page; its lowest word never changes
    struct address_space *space;    // null when it has ended
    struct pin pins[PINS_MAX];      // pages that must not leave memory before its system call is over
    uint32_t pin_count;             // since the call began
    uint32_t fault_address;    // of the fault that has become a signal
    uint32_t first_argument;   // of the interrupted system call...
    bool may_start_again;      // ...if a handler with SA_RESTART is what interrupted it
    struct file *held_files[HELD_FILES_MAX];  // by this thread, until its system call is over: see file_of()
    uint32_t held_count;
    struct file *files[OPEN_MAX];  // the leader's count, as for the next; changed under files_lock
    uint32_t close_on_exec;  // a bit for each descriptor
    struct inode *directory;  // the current one
    uint32_t umask;           // permissions that a new file does not get

    // More accounts, for ps.
    uint64_t start_cycle;
    uint64_t user_cycles;   // how long it has been in user mode; the rest of its run cycles the kernel worked for it
    uint32_t user_since;    // when it last went there: the lower word of the clock, see USER_STRETCH_MAX
    uint32_t faults;        // page faults
    uint32_t major_faults;  // those that had to wait for the disk
    uint32_t system_calls;
};

// The process that the kernel works for, null in a scheduler.
static inline struct process *current_process(void) {
    const struct process *thread = current_thread();
    return thread == 0 ? 0 : thread->leader;
}

// What changes the machine for everybody is for root.
static inline bool caller_is_root(void) { return current_process()->euid == 0; }

extern struct process process_table[PROCESS_COUNT];
extern struct process *process_table_end;  // slots from here on have never been used; process_lock guards it
extern struct spinlock process_lock;

// ---- process.c ----

// Every change of state in the kernel is a call of this: process_lock is held (it looks), reason is a phrase for people.
void process_set_state(struct process *p, enum process_state new_state, const char *reason);

void process_start_first(void);
int process_fork(void);
struct process *process_allocate(const char *name);  // a slot with a kernel stack; null if there is none
void process_leave_address_space(struct process *p);
_Noreturn void process_exit(int wait_status);
int process_wait(int pid, int *wait_status, int options);
int process_kill(int pid, int signal);
void process_end_for_memory(struct process *p);  // process_lock is held
int process_describe(int index, struct process_status *status);
struct process *process_find(int pid);  // process_lock is held; null if there is none
uint64_t process_run_cycles(const struct process *p);  // how long it has been RUNNING
uint64_t process_user_cycles(const struct process *p);  // and how much of that in user mode, up to its last trap

// ---- thread.c ----

int threads_end(int wait_status);
struct program;
bool threads_end_others(struct program *program);
struct program *threads_take_program(struct process *leader);
int futex_wake(uint32_t address, int most);

// ---- limit.c ----

void limits_start(struct process *p);
bool limit_allows_process(void);
bool limit_allows_memory(uint32_t more);
bool limit_allows_heap(uint32_t more);
bool limit_allows_file(uint32_t size);
uint64_t limit_look_cycle(struct process *leader, uint64_t time);  // process_lock is held for these
void limit_ring(struct process *leader, uint64_t time);
void usage_inherit(struct process_usage *sum, const struct process *child);

// ---- signal.c, signal_frame.c ----

#define UNBLOCKABLE_SIGNALS (SIGNAL_BIT(SIGKILL) | SIGNAL_BIT(SIGSTOP))

void signal_send(struct process *p, int signal);  // from the kernel; process_lock is held for these
void signal_send_from_caller(struct process *p, int signal);
void signal_send_from_caller_to_thread(struct process *thread, int signal);
void signal_set_action(struct process *leader, int signal, const struct signal_action *action);
void signal_tell_parent_of_end(struct process *leader);
void signal_end_all_threads(struct process *leader);
void signal_set_mask(struct process *thread, uint32_t mask);
bool signal_wants_out(struct process *thread);

// Those that the thread must act upon.
static inline uint32_t signals_arrived(const struct process *thread) {
    return (thread->pending_signals | thread->leader->shared_signals) & ~thread->blocked_signals;
}

// Without the lock, this may be too late by a moment; then an interprocessor interrupt asks again.
static inline bool signal_has_arrived(const struct process *thread) {
    const struct process *leader = thread->leader;
    return signals_arrived(thread) != 0 || leader->stop_signal != 0 || leader->killed_by != 0;
}

// Before the thread goes (back) to user mode: has it something to do first?
static inline bool signal_is_due(const struct process *thread) {
    return signal_has_arrived(thread) || thread->has_saved_mask;
}

void signals_before_user_mode(struct process *thread);
bool signal_is_ignored_or_blocked(const struct process *thread, int signal);
void signal_send_to_caller(int signal);
bool signal_force(struct process *thread, int signal, uint32_t address);
void signal_act(struct process *thread);
void signal_inherit(struct process *child, const struct process *parent_thread);
void signal_forget_handlers(struct process *p);
void signal_call_handler(struct process *thread, int signal, const struct signal_action *action, uint32_t mask,
                         const struct signal_origin *origin);
int signal_call_again(struct process *thread);
void signal_call_was_interrupted(struct process *thread, uint32_t number, uint32_t first_argument);

// ---- alarm.c ----

void alarm_set(struct process *p, const uint64_t set[2], uint64_t old[2]);
void alarm_cancel(struct process *p);  // process_lock is held for these
void ring_alarms(uint64_t time);
uint64_t next_alarm_cycle(void);

// ---- session.c ----

void process_signal_group(int group, int signal);
int process_set_group(int pid, int group);
int process_group(int pid);
int process_session(int pid);
int process_new_session(void);
bool group_is_in_session(int group, int session);
bool group_is_orphaned(int group);  // process_lock is held for these
void group_continue_orphans(const struct process *ended);

// ---- sleep.c ----

// Gives up the CPU until wakeup(channel), or for no reason: look again at what you wait for. `lock` guards that, and is
// released meanwhile. The second kind also ends when a signal wants to be acted upon, and then returns false: give up
// what you were doing, with EINTR. (If the signal only stops the process, it stops in here and continues in here.)
void sleep(const void *channel, struct spinlock *lock, const char *reason);
bool sleep_interruptible(const void *channel, struct spinlock *lock, const char *reason);
bool sleep_interruptible_until(const void *channel, struct spinlock *lock, uint64_t cycle, const char *reason);
void wakeup(const void *channel, const char *reason);
void wakeup_locked(const void *channel, const char *reason);  // process_lock is held
int sleep_cycles(uint64_t cycles);
int job_start(uint64_t cycle);
void wake_sleepers(uint64_t time);
uint64_t next_sleeper_cycle(void);

// ---- scheduler.c ----

_Noreturn void scheduler(void);
void switch_away(void);  // process_lock is held, and the current process is no longer RUNNING
void process_make_runnable(struct process *p, const char *reason);
void yield(const char *reason);
void slice_note_tick(void);  // the timer has run down
void slice_end(struct process *p, bool interrupted);

// On the way back to user mode, interrupts off: is it another's turn?
static inline void slice_end_if_due(struct process *p, bool interrupted) {
    const struct cpu *cpu = this_cpu();
    if (cpu->tick_noted || cpu->preempted) slice_end(p, interrupted);
}
void slice_check(void);      // another policy or quantum may be in force
void slice_rearm(void);      // something may happen earlier than this CPU's timer knows
void swtch(struct context *from, const struct context *to);

// ---- policies.c ----

int scheduler_choose(int policy, int quantum);  // -1 leaves as is; returns the policy in force or -EINVAL
int scheduler_set(const struct sched_settings *settings);
int scheduler_set_parameters(int pid, const struct sched_parameters *set, struct sched_parameters *old);
void schedule_forget(struct process *p);  // the notes of the policy in force
void schedule_inherit(struct process *child, const struct process *parent);

// ---- timer.c ----

// No process is in user mode for longer without a trap, so the lower word of the clock is enough to tell how long it was.
#define USER_STRETCH_MAX INT32_MAX

void timer_arm(uint64_t cycle, uint64_t time);
