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

// process_lock guards these. policies.c chooses.
const struct policy *policy = &round_robin_policy;
uint32_t policy_choices;    // how often policy or quantum have been chosen
static uint32_t idle_cpus;  // a bit for each CPU that has no process, and for which none has become runnable

extern const uint32_t ecall_instruction[];  // what `ecall` looks like in memory

// ---- slices ----

static void arm_this_cpu(struct cpu *cpu, uint64_t time) {
    uint64_t first = cpu->slice_end;
    if (next_sleeper_cycle() < first) first = next_sleeper_cycle();
    if (next_alarm_cycle() < first) first = next_alarm_cycle();
    if (first == NEVER && cpu->process != 0) first = time + USER_STRETCH_MAX;
    if (cpu->process != 0 && cpu->process->leader->limits[RLIMIT_CPU].rlim_cur != RLIM_INFINITY) {
        const uint64_t look = limit_look_cycle(cpu->process->leader, time);
        if (look < first) first = look;
    }
    timer_arm(first, time);
}

void slice_rearm(void) {
    acquire(&process_lock);
    arm_this_cpu(this_cpu(), now());
    release(&process_lock);
}

static void slice_start(struct cpu *cpu, struct process *p, uint64_t time) {
    const uint64_t length = policy->slice(p);
    cpu->slice_end = length == NEVER ? NEVER : time + length;
    cpu->choices_seen = policy_choices;
    arm_this_cpu(cpu, time);
}

// The timer of this CPU has run down: a slice is used up, or a sleeper is due, or both. The interrupt may have come in
// the middle of the kernel's work for a process. So it is only noted, and seen to on the way back to user mode, or by
// scheduler() if the process gives up the CPU first.
void slice_note_tick(void) {
    timer_arm(NEVER, 0);
    this_cpu()->tick_noted = true;
}

// At the same time a process whose slice is used up is queued before one that wakes.
static void slice_tick(struct process *p) {
    acquire(&process_lock);
    struct cpu *cpu = this_cpu();
    const uint64_t time = now();
    cpu->tick_noted = false;
    const bool used_up = cpu->slice_end <= time;
    bool must_go = used_up && policy->tick(p);
    if (must_go) process_make_runnable(p, "time slice used up");
    wake_sleepers(time);
    if (!must_go && cpu->preempted) {
        process_set_state(p, RUNNABLE, "made room for a more urgent process");
        policy->put_back(p);
        must_go = true;
    }
    ring_alarms(time);
    if (p->leader->limits[RLIMIT_CPU].rlim_cur != RLIM_INFINITY) limit_ring(p->leader, time);
    if (must_go) {
        p->preemptions++;
        switch_away();
    } else if (used_up) {
        slice_start(cpu, p, time);
    } else {
        arm_this_cpu(cpu, time);
    }
    release(&process_lock);
}

// Interrupts are off. A program that was interrupted right before a system call may make it first: perhaps it ends
// there, or blocks, exactly when its slice is used up, and then it does not need another slice for nothing.
void slice_end(struct process *p, bool interrupted) {
    if (interrupted && user_executes(p->trap_frame->epc, ecall_instruction)) return;
    slice_tick(p);
}

void slice_check(void) {
    acquire(&process_lock);
    struct cpu *cpu = this_cpu();
    if (cpu->process != 0 && cpu->choices_seen != policy_choices) slice_start(cpu, cpu->process, now());
    release(&process_lock);
}

// ---- switching ----

static void dispatch(struct cpu *cpu, struct process *p) {
    cpu->process = p;
    p->last_cpu = cpu->number;
    p->switches++;
    process_set_state(p, RUNNING, "chosen by the scheduler");
    if (p->first_run_cycle == NEVER) p->first_run_cycle = p->state_cycle;
    if (cpu->number == 0) front_panel_show_process(p->pid);
    if (p->space != 0) {
        address_space_load(p->space);
    } else {
        address_space_load_kernel();  // it is ending
    }
    slice_start(cpu, p, p->state_cycle);

    swtch(&cpu->scheduler, &p->context);

    cpu->process = 0;
    if (!cpu->preempted) idle_cpus |= 1u << cpu->number;
    cpu->were_on = false;  // p took process_lock, maybe with interrupts on; idle() will release it and wants them off
}

// Nothing to run: wait for an interrupt. Interrupts are off, so none can slip in between the look at the queue and
// wfi; wfi ends when one is pending all the same, and is taken as soon as they are on.
__attribute__((noinline)) static void idle(struct cpu *cpu) {
    const uint64_t begin = now();
    idle_cpus |= 1u << cpu->number;
    cpu->slice_end = NEVER;
    arm_this_cpu(cpu, begin);
    if (cpu->number == 0) front_panel_show_process(0);
    address_space_load_kernel();  // the last process's table may be gone when we wake
    release(&process_lock);
    __asm__ volatile("wfi");
    interrupts_on();
    interrupts_off();
    acquire(&process_lock);
    cpu->idle_cycles += now() - begin;
}

_Noreturn void scheduler(void) {
    struct cpu *cpu = this_cpu();
    acquire(&process_lock);
    for (;;) {
        cpu->tick_noted = false;
        cpu->preempted = false;
        wake_sleepers(now());
        ring_alarms(now());
        idle_cpus &= ~(1u << cpu->number);
        struct process *next = policy->pick(cpu->number);
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
    struct process *p = current_thread();
    ASSERT(holding(&process_lock) && this_cpu()->off_depth == 1 && p->state != RUNNING);
    ASSERT(*(uint32_t *)p->kernel_stack == KERNEL_STACK_MARK);
    const bool were_on = this_cpu()->were_on;
    swtch(&p->context, &this_cpu()->scheduler);
    this_cpu()->were_on = were_on;
}

// p has just become runnable. Is there a CPU for it? If it is this one, which is about to choose, there is no more to do;
// another one that waits for work gets an interrupt: preferably the one that p ran on.
static bool wake_idle_cpu(const struct process *p) {
    const uint32_t here = idle_cpus & 1u << READ_CONTROL(cpuid), there = idle_cpus & 1u << p->last_cpu;
    const uint32_t chosen = here != 0 ? here : there != 0 ? there : idle_cpus & (0 - idle_cpus);
    idle_cpus &= ~chosen;
    if (chosen != here) interrupt_cpus(chosen);
    return chosen != 0;
}

// If the policy says that p must not wait, the CPU with the least urgent process makes room as soon as that process
// is on its way back to user mode.
static void make_room(const struct process *p) {
    struct cpu *chosen = 0;
    for (struct cpu *cpu = cpus; cpu < cpus + CPU_MAX; cpu++) {
        if (cpu->process == 0 || cpu->process->state != RUNNING || cpu->preempted) continue;
        const struct process *least = chosen == 0 ? p : chosen->process;
        if (policy->preempts(least, cpu->process)) chosen = cpu;
    }
    if (chosen == 0) return;
    chosen->preempted = true;
    if (chosen != this_cpu()) interrupt_cpus(1u << chosen->number);
}

void process_make_runnable(struct process *p, const char *reason) {
    process_set_state(p, RUNNABLE, reason);
    policy->enqueue(p);
    if (p == current_thread()) return;  // this CPU is about to choose anyway
    if (!wake_idle_cpu(p) && policy->preempts != 0) make_room(p);
}

void yield(const char *reason) {
    acquire(&process_lock);
    process_make_runnable(current_thread(), reason);
    switch_away();
    release(&process_lock);
}
