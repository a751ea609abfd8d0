// Choosing: the table of policies, and what can be set about them.

#include "kernel.h"

#include "policy.h"
#include "trap.h"

#include <peach/abi.h>

// By number.
static const struct policy *const policies[] = {
#define POLICY(number, constant, name, object, sentence) [number] = &object,
#include <peach/policies.inc>
#undef POLICY
};

// For people who look at the kernel.
__attribute__((used)) static const char *const policy_names[] = {
#define POLICY(number, constant, name, object, sentence) [number] = name,
#include <peach/policies.inc>
#undef POLICY
};

extern const struct policy *policy;  // the one in force
extern uint32_t policy_choices;

// process_lock guards these.
static int policy_number = POLICY_ROUND_ROBIN;
struct sched_settings sched_settings = {
    .quantum_cycles = 10000,  // chosen by front panel or sched(), too
    .mlfq_levels = 3,
    .mlfq_allotment = {1, 1, 1, 1, 1, 1, 1, 1},
    .boost_cycles = 1000000,
    .seed = 1,
};

// ---- a policy takes over ----

void schedule_forget(struct process *p) {
    struct schedule *s = &p->schedule;
    s->settled = process_run_cycles(p);
    s->boosts = 0;
    s->pass = 0;
}

// The runnable processes move from the policy in force, in its order, to the new one. That may be the same.
static void put_in_force(int number) {
    struct process *first = 0;
    struct process **last = &first;
    for (struct process *p; (p = policy->pick(0)) != 0; last = &p->next_ready) *last = p;
    *last = 0;

    policy_number = number;
    policy = policies[number];
    for (struct process *p = process_table; p < process_table_end; p++) schedule_forget(p);
    if (policy->start != 0) policy->start(now());
    while (first != 0) {
        struct process *p = first;
        first = p->next_ready;
        policy->enqueue(p);
    }
    policy_choices++;
}

// Slices that are under way were made by another choice.
static void let_all_cpus_know(void) {
    slice_check();
    interrupt_cpus(~(1u << READ_CONTROL(cpuid)));
}

int scheduler_choose(int new_policy, int new_quantum) {
    if (new_policy < -1 || new_policy >= (int)LENGTH(policies)) return -EINVAL;
    if (new_quantum != -1 && new_quantum < MIN_QUANTUM) return -EINVAL;
    if (new_policy == -1 && new_quantum == -1) return policy_number;
    acquire(&process_lock);
    if (new_quantum != -1) sched_settings.quantum_cycles = (uint32_t)new_quantum;
    if (new_policy != -1 && new_policy != policy_number) put_in_force(new_policy);
    policy_choices++;
    front_panel_show_policy(policy_number, sched_settings.quantum_cycles);
    const int in_force = policy_number;
    release(&process_lock);
    let_all_cpus_know();
    return in_force;
}

// ---- settings ----

static bool settings_are_sensible(const struct sched_settings *s) {
    if (s->quantum_cycles < MIN_QUANTUM || s->quantum_cycles > INT32_MAX) return false;
    if (s->mlfq_levels < 1 || s->mlfq_levels > MLFQ_LEVELS_MAX) return false;
    for (uint32_t level = 0; level < MLFQ_LEVELS_MAX; level++) {
        if (s->mlfq_quantum[level] != 0 && s->mlfq_quantum[level] < MIN_QUANTUM) return false;
        if (s->mlfq_allotment[level] < 1) return false;
    }
    return s->boost_cycles == 0 || s->boost_cycles >= MIN_QUANTUM;
}

int scheduler_set(const struct sched_settings *settings) {
    if (!settings_are_sensible(settings)) return -EINVAL;
    acquire(&process_lock);
    sched_settings = *settings;
    put_in_force(policy_number);
    front_panel_show_policy(policy_number, sched_settings.quantum_cycles);
    release(&process_lock);
    let_all_cpus_know();
    return 0;
}

// ---- parameters of a process ----

static uint32_t tickets_of_nice(int nice) {
    uint32_t tickets = TICKETS_DEFAULT;
    for (; nice < 0; nice++) tickets = tickets * 5 / 4;
    for (; nice > 0; nice--) tickets = tickets * 4 / 5;
    return tickets > 0 ? tickets : 1;
}

// One's own processes, and neither a lower nice value nor more tickets; root may more. process_lock is held.
static int may_set(const struct process *p, const struct sched_parameters *set) {
    const struct process *caller = current_process();
    if (caller_is_root()) return 0;
    if (caller->euid != p->leader->uid && caller->euid != p->leader->euid) return -EPERM;
    return set->nice < p->schedule.nice || set->tickets > p->schedule.tickets ? -EACCES : 0;
}

// The tickets of a nice value may be more than root has left to a user.
static uint32_t tickets_from(const struct sched_parameters *set, const struct schedule *s) {
    if (set->nice == s->nice) return set->tickets;
    const uint32_t tickets = tickets_of_nice(set->nice);
    return caller_is_root() ? tickets : min_u32(tickets, s->tickets);
}

// The length is that of the leader; the rest all threads have. process_lock is held.
static void set_parameters(struct process *leader, const struct sched_parameters *set) {
    struct schedule *s = &leader->schedule;
    if (set->length_cycles != s->length) s->length_from = process_run_cycles(leader);
    s->length = set->length_cycles;
    s->tickets = tickets_from(set, s);
    s->nice = set->nice;
    for (struct process *thread = process_table; thread < process_table_end; thread++) {
        if (thread->leader == leader) schedule_inherit(thread, leader);
    }
}

// Sets and tells; either may be null. A pid of 0 is the caller.
int scheduler_set_parameters(int pid, const struct sched_parameters *set, struct sched_parameters *old) {
    if (set != 0 && (set->tickets < 1 || set->tickets > TICKETS_MAX || set->nice < NICE_MIN || set->nice > NICE_MAX)) {
        return -EINVAL;
    }
    acquire(&process_lock);
    struct process *p = pid == 0 ? current_process() : process_find(pid);
    int error = p == 0 ? -ESRCH : set == 0 ? 0 : may_set(p, set);
    if (error == 0) {
        const struct schedule *s = &p->schedule;
        *old = (struct sched_parameters){.length_cycles = s->length, .tickets = s->tickets, .nice = s->nice};
        if (set != 0) set_parameters(p, set);
    }
    release(&process_lock);
    return error;
}

void schedule_inherit(struct process *child, const struct process *parent) {
    child->schedule.tickets = parent->schedule.tickets;
    child->schedule.nice = parent->schedule.nice;
}
