// Limits, and what has been used.

#include "kernel.h"

#include "memory.h"
#include "process.h"
#include "system_call.h"

#include <peach/limits.h>

void limits_start(struct process *p) {
    for (int i = 0; i < RLIMIT_COUNT; i++) p->limits[i] = (struct rlimit){RLIM_INFINITY, RLIM_INFINITY};
    p->limits[RLIMIT_STACK] = (struct rlimit){USER_STACK_MAX, USER_STACK_MAX};
    p->limits[RLIMIT_NOFILE] = (struct rlimit){OPEN_MAX, OPEN_MAX};
    p->limits[RLIMIT_NPROC] = (struct rlimit){PROCESS_COUNT, PROCESS_COUNT};
}

// ---- processes ----

// The zombie of a thread lies there until its slot is needed.
static bool is_to_be_counted(const struct process *p) {
    return p->state != UNUSED && (p->state != ZOMBIE || p->leader == p);
}

bool limit_allows_process(void) {
    const struct process *p = current_process();
    if (p->euid == 0) return true;
    uint32_t count = 0;
    acquire(&process_lock);
    for (const struct process *q = process_table; q < process_table_end; q++) {
        if (is_to_be_counted(q) && q->leader->uid == p->uid) count++;
    }
    release(&process_lock);
    return count < p->limits[RLIMIT_NPROC].rlim_cur;
}

// ---- memory ----

// May heap, stack and mappings of the current process grow by so many bytes?
bool limit_allows_memory(uint32_t more) {
    const struct process *p = current_process();
    const struct address_space *space = p->space;
    uint64_t bytes = (uint64_t)more + (space->heap_end - space->heap_start) + (USER_END - space->stack_start);
    for (const struct region *r = space->regions; r < space->regions + space->region_slots; r++) bytes += r->end - r->start;
    return bytes <= p->limits[RLIMIT_AS].rlim_cur;
}

bool limit_allows_heap(uint32_t more) {
    const struct address_space *space = current_process()->space;
    const uint64_t bytes = (uint64_t)more + (space->heap_end - space->heap_start);
    return bytes <= current_process()->limits[RLIMIT_DATA].rlim_cur && limit_allows_memory(more);
}

// ---- files ----

// May a file be so long? If not, the caller gets SIGXFSZ.
bool limit_allows_file(uint32_t size) {
    const struct process *p = current_process();
    if (size <= p->limits[RLIMIT_FSIZE].rlim_cur) return true;
    signal_send_to_caller(SIGXFSZ);
    return false;
}

// ---- CPU time; process_lock is held, and there is a limit ----

// Of the whole process.
static uint64_t run_cycles(const struct process *leader) {
    uint64_t run = leader->cycles_before_job + leader->usage_of_threads.run_cycles;
    for (const struct process *t = process_table; t < process_table_end; t++) {
        if (t->leader == leader && t->state != UNUSED && t->state != ZOMBIE) run += process_run_cycles(t);
    }
    return run;
}

static uint64_t cycles_of(uint32_t seconds) {
    return seconds == RLIM_INFINITY ? NEVER : (uint64_t)seconds * CYCLES_PER_SECOND;
}

// Near the limit, several threads would look at ever shorter intervals.
#define MIN_CYCLES_TO_LOOK 2000

static uint64_t next_warning(const struct process *leader) {
    return cycles_of(leader->limits[RLIMIT_CPU].rlim_cur) + leader->cpu_warnings * CYCLES_PER_SECOND;
}

// When must limit_ring() look? Not before all threads could have used up what is left, each on a CPU of its own: to add up
// what they have used, at every slice and with process_lock held, would cost more than the slices' ends.
uint64_t limit_look_cycle(struct process *leader, uint64_t time) {
    if (leader->limit_look_cycle > time) return leader->limit_look_cycle;
    const uint64_t limit = next_warning(leader), run = run_cycles(leader);
    uint64_t left = run < limit ? limit - run : 1;
    if (leader->other_threads > 0) left = left / CPU_MAX > MIN_CYCLES_TO_LOOK ? left / CPU_MAX : MIN_CYCLES_TO_LOOK;
    return leader->limit_look_cycle = time + left;
}

void limit_ring(struct process *leader, uint64_t time) {
    if (time < leader->limit_look_cycle) return;
    const uint64_t run = run_cycles(leader);
    if (run >= cycles_of(leader->limits[RLIMIT_CPU].rlim_max)) {
        signal_send(leader, SIGKILL);
    } else if (run >= next_warning(leader)) {
        leader->cpu_warnings++;
        signal_send(leader, SIGXCPU);
    }
}

// ---- system calls ----

int system_getrlimit(const uint32_t *argument) {
    if (argument[0] >= RLIMIT_COUNT) return -EINVAL;
    if (user_check(argument[1], sizeof(struct rlimit), ACCESS_WRITE) < 0) return -EFAULT;
    memcpy((void *)argument[1], &current_process()->limits[argument[0]], sizeof(struct rlimit));
    return 0;
}

int system_setrlimit(const uint32_t *argument) {
    struct process *p = current_process();
    struct rlimit limit;
    if (argument[0] >= RLIMIT_COUNT) return -EINVAL;
    if (user_check(argument[1], sizeof limit, ACCESS_READ) < 0) return -EFAULT;
    memcpy(&limit, (const void *)argument[1], sizeof limit);
    if (limit.rlim_cur > limit.rlim_max) return -EINVAL;
    if (limit.rlim_max > p->limits[argument[0]].rlim_max && p->euid != 0) return -EPERM;
    if (argument[0] == RLIMIT_NOFILE && limit.rlim_max > OPEN_MAX) return -EPERM;  // there is room for no more
    acquire(&process_lock);
    p->limits[argument[0]] = limit;
    if (argument[0] == RLIMIT_CPU) p->cpu_warnings = 0, p->limit_look_cycle = 0;
    if (argument[0] == RLIMIT_STACK) p->space->stack_most = min_u32(limit.rlim_cur, USER_STACK_MAX);
    release(&process_lock);
    slice_rearm();
    return 0;
}

// ---- what has been used ----

static struct process_usage usage_of(const struct process *p) {
    return (struct process_usage){
        .run_cycles = process_run_cycles(p),
        .user_cycles = process_user_cycles(p),
        .minor_faults = p->faults - p->major_faults,
        .major_faults = p->major_faults,
        .switches = p->switches,
        .preemptions = p->preemptions,
    };
}

static void add(struct process_usage *sum, const struct process_usage *usage) {
    sum->run_cycles += usage->run_cycles;
    sum->user_cycles += usage->user_cycles;
    sum->minor_faults += usage->minor_faults;
    sum->major_faults += usage->major_faults;
    sum->switches += usage->switches;
    sum->preemptions += usage->preemptions;
}

// The parent collects `child`, or the process the thread `child`. process_lock is held.
void usage_inherit(struct process_usage *sum, const struct process *child) {
    const struct process_usage usage = usage_of(child);
    add(sum, &usage);
    if (child->leader == child) {
        add(sum, &child->usage_of_threads);
        add(sum, &child->usage_of_children);
    }
}

int system_usage(const uint32_t *argument) {
    const struct process *p = current_process();
    const int who = (int)argument[0];
    if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN) return -EINVAL;
    if (user_check(argument[1], sizeof(struct process_usage), ACCESS_WRITE) < 0) return -EFAULT;
    acquire(&process_lock);
    struct process_usage usage = who == RUSAGE_SELF ? p->usage_of_threads : p->usage_of_children;
    for (const struct process *t = process_table; t < process_table_end && who == RUSAGE_SELF; t++) {
        if (t->leader != p || t->state == UNUSED || t->state == ZOMBIE) continue;
        const struct process_usage one = usage_of(t);
        add(&usage, &one);
    }
    release(&process_lock);
    memcpy((void *)argument[1], &usage, sizeof usage);
    return 0;
}
