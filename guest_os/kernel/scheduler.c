// The mechanism of switching: every CPU runs scheduler() on a stack of its own; a process that gives up the CPU
// switches to it, and it switches to the next one.
//
//     process A                scheduler()                process B
//     sleep() or yield()
//       switch_away()
//         swtch  ------------>   ... returns in dispatch()
//                                policy->pick()
//                                dispatch(B)
//                                  swtch  ------------>     ... returns in switch_away()
//
// process_lock is held across each swtch: taken on one side, released on the other. So nobody ever sees a process
// whose state says one thing and whose registers another.

#include "kernel.h"

#include "memory.h"
#include "policy.h"
#include "trap.h"

#define DEFAULT_QUANTUM 10000
#define MIN_QUANTUM 500  // less, and a process would get nothing done between two switches

// By the numbers of <peach/abi.h>.
static const struct policy *const policies[] = {
    [POLICY_ROUND_ROBIN] = &round_robin_policy,
    [POLICY_FIFO] = &fifo_policy,
};

// process_lock guards these.
static int policy_number = POLICY_ROUND_ROBIN;
static const struct policy *policy = &round_robin_policy;  // the one of that number
uint32_t quantum_cycles = DEFAULT_QUANTUM;
static uint32_t choices;    // how often policy or quantum have been chosen
static uint32_t idle_cpus;  // a bit for each CPU that waits for work

// ---- slices ----

static void arm_this_cpu(struct cpu *cpu, uint64_t time) {
    const uint64_t wake = next_sleeper_cycle();
    timer_arm(wake < cpu->slice_end ? wake : cpu->slice_end, time);
}

static void slice_start(struct cpu *cpu, struct process *p, uint64_t time) {
    const uint64_t length = policy->slice(p);
    cpu->slice_end = length == NEVER ? NEVER : time + length;
    cpu->choices_seen = choices;
    arm_this_cpu(cpu, time);
}

// The timer of this CPU has run down: a slice is used up, or a sleeper is due, or both at the same time. Then the
// process whose slice ended is queued before the one that wakes.
void slice_tick(void) {
    acquire(&process_lock);
    struct cpu *cpu = this_cpu();
    struct process *p = cpu->process;
    const uint64_t time = now();
    const bool used_up = p != 0 && cpu->slice_end <= time;
    const bool must_go = used_up && policy->tick(p);
    if (must_go) process_make_runnable(p, "time slice used up");
    wake_sleepers(time);
    if (must_go) {
        switch_away();
    } else if (used_up) {
        slice_start(cpu, p, time);
    } else {
        arm_this_cpu(cpu, time);
    }
    release(&process_lock);
}

void slice_check(void) {
    acquire(&process_lock);
    struct cpu *cpu = this_cpu();
    if (cpu->process != 0 && cpu->choices_seen != choices) slice_start(cpu, cpu->process, now());
    release(&process_lock);
}

// ---- switching ----

static void dispatch(struct cpu *cpu, struct process *p) {
    const uint64_t time = now();
    cpu->process = p;
    p->last_cpu = cpu->number;
    p->switches++;
    p->dispatch_cycle = time;
    process_set_state(p, RUNNING, "chosen by the scheduler");
    if (cpu->number == 0) front_panel_show_process(p->pid);
    address_space_load(p);
    slice_start(cpu, p, time);

    swtch(&cpu->scheduler, &p->context);

    p->run_cycles += now() - p->dispatch_cycle;
    cpu->process = 0;
    cpu->were_on = false;  // p took process_lock, maybe with interrupts on; idle() will release it and wants them off
}

// Nothing to run: wait for an interrupt. Interrupts are off, so none can slip in between the look at the queue and
// wfi; wfi ends when one is pending all the same, and is taken as soon as they are on.
static void idle(struct cpu *cpu) {
    const uint32_t bit = 1u << cpu->number;
    idle_cpus |= bit;
    cpu->slice_end = NEVER;
    arm_this_cpu(cpu, now());
    if (cpu->number == 0) front_panel_show_process(0);
    address_space_load_kernel();  // the last process's table may be gone when we wake
    release(&process_lock);
    __asm__ volatile("wfi");
    interrupts_on();
    interrupts_off();
    acquire(&process_lock);
    idle_cpus &= ~bit;
}

_Noreturn void scheduler(void) {
    struct cpu *cpu = this_cpu();
    acquire(&process_lock);
    for (;;) {
        struct process *next = policy->pick();
        if (next != 0) {
            dispatch(cpu, next);
        } else {
            idle(cpu);
        }
    }
}

// Leaves the current process, which is not RUNNING any more, and returns when it has been given a CPU again: maybe
// another one.
void switch_away(void) {
    struct process *p = current_process();
    ASSERT(holding(&process_lock) && this_cpu()->off_depth == 1 && p->state != RUNNING);
    ASSERT(*(uint32_t *)p->kernel_stack == KERNEL_STACK_MARK);
    const bool were_on = this_cpu()->were_on;
    swtch(&p->context, &this_cpu()->scheduler);
    this_cpu()->were_on = were_on;
}

void process_make_runnable(struct process *p, const char *reason) {
    process_set_state(p, RUNNABLE, reason);
    policy->enqueue(p);
    if (p == current_process()) return;  // this CPU is about to choose anyway
    const uint32_t others = idle_cpus & ~(1u << READ_CONTROL(cpuid));
    if (others == 0) return;
    const uint32_t first = others & (0 - others);
    idle_cpus &= ~first;
    interrupt_cpus(first);
}

void yield(const char *reason) {
    acquire(&process_lock);
    process_make_runnable(current_process(), reason);
    switch_away();
    release(&process_lock);
}

// ---- choosing a policy ----

static void move_all(const struct policy *from, const struct policy *to) {
    struct process *first = 0;
    struct process **last = &first;
    for (struct process *p = from->pick(); p != 0; p = from->pick()) {
        *last = p;
        last = &p->next_ready;
    }
    *last = 0;
    while (first != 0) {
        struct process *p = first;
        first = p->next_ready;
        to->enqueue(p);
    }
}

int scheduler_choose(int new_policy, int new_quantum) {
    if (new_policy < -1 || new_policy >= (int)LENGTH(policies)) return -EINVAL;
    if (new_quantum != -1 && new_quantum < MIN_QUANTUM) return -EINVAL;
    if (new_policy == -1 && new_quantum == -1) return policy_number;
    acquire(&process_lock);
    if (new_policy != -1 && new_policy != policy_number) {
        move_all(policy, policies[new_policy]);
        policy_number = new_policy;
        policy = policies[new_policy];
    }
    if (new_quantum != -1) quantum_cycles = (uint32_t)new_quantum;
    choices++;
    front_panel_show_policy(policy_number, quantum_cycles);
    const int in_force = policy_number;
    release(&process_lock);
    slice_check();
    interrupt_cpus(~(1u << READ_CONTROL(cpuid)));
    return in_force;
}

// ---- for policies ----

void ready_queue_append(struct ready_queue *queue, struct process *p) {
    p->next_ready = 0;
    if (queue->head == 0) {
        queue->head = p;
    } else {
        queue->tail->next_ready = p;
    }
    queue->tail = p;
}

struct process *ready_queue_take(struct ready_queue *queue) {
    struct process *p = queue->head;
    if (p != 0) queue->head = p->next_ready;
    return p;
}
