// Traps, after trap.s has saved the registers.

#include "kernel.h"

#include "memory.h"
#include "trap.h"

// What trap.s takes for granted.
_Static_assert(offsetof(struct trap_frame, a0) == 36, "FRAME_A0 in trap.s");
_Static_assert(offsetof(struct trap_frame, epc) == 60, "FRAME_EPC in trap.s");
_Static_assert(offsetof(struct trap_frame, process) == 68, "FRAME_PROCESS in trap.s");
_Static_assert(sizeof(struct trap_frame) == 72, "FRAME_SIZE in trap.s");

#define INSTRUCTION_BYTES 4

// What the kernel calls a fault, and the signal that it is.
static const struct fault {
    const char *name;
    int signal;
} faults[] = {
    [CAUSE_ILLEGAL_INSTRUCTION] = {"illegal instruction", SIGILL},
    [CAUSE_PRIVILEGED_INSTRUCTION] = {"privileged instruction", SIGILL},
    [CAUSE_BREAKPOINT] = {"breakpoint", SIGTRAP},
    [CAUSE_FETCH_PAGE_FAULT] = {"fetch page fault", SIGSEGV},
    [CAUSE_LOAD_PAGE_FAULT] = {"load page fault", SIGSEGV},
    [CAUSE_STORE_PAGE_FAULT] = {"store page fault", SIGSEGV},
    [CAUSE_FETCH_MISALIGNED] = {"misaligned fetch", SIGBUS},
    [CAUSE_LOAD_MISALIGNED] = {"misaligned load", SIGBUS},
    [CAUSE_STORE_MISALIGNED] = {"misaligned store", SIGBUS},
    [CAUSE_FETCH_BUS_ERROR] = {"bus error at a fetch", SIGBUS},
    [CAUSE_LOAD_BUS_ERROR] = {"bus error at a load", SIGBUS},
    [CAUSE_STORE_BUS_ERROR] = {"bus error at a store", SIGBUS},
};

static const struct fault *find_fault(uint32_t cause) {
    static const struct fault unknown = {"unknown trap", SIGILL};
    return cause < LENGTH(faults) && faults[cause].name != 0 ? &faults[cause] : &unknown;
}

static bool is_page_fault(uint32_t cause, enum access *access) {
    switch (cause) {
        case CAUSE_FETCH_PAGE_FAULT: *access = ACCESS_EXECUTE; return true;
        case CAUSE_LOAD_PAGE_FAULT: *access = ACCESS_READ; return true;
        case CAUSE_STORE_PAGE_FAULT: *access = ACCESS_WRITE; return true;
        default: return false;
    }
}

// The program did something that it cannot do. Either that was expected, as a page that is copied on write, or it is a
// signal, and if the program has no handler, the end of the process: never of the kernel.
static void user_fault(struct process *p, uint32_t cause, uint32_t address) {
    enum access access;
    if (is_page_fault(cause, &access)) {
        p->faults++;
        interrupts_on();
        const int error = page_fault(p, address, access);
        if (error == -ENOMEM && !out_of_memory(p)) yield("waiting for memory");
        interrupts_off();
        if (error == 0 || error == -ENOMEM) return;
    }
    const struct fault *fault = find_fault(cause);
    const bool is_the_end = signal_force(p, fault->signal, address);
    if (!is_the_end) return;
    kprintf("pid %d (%s): %s at 0x%x, pc 0x%x: killed\n", p->leader->pid, p->name, fault->name, address,
            p->trap_frame->epc);
}

// From trap.s, on the process's kernel stack, interrupts off. When it returns, the program continues.
void user_trap(struct trap_frame *frame) {
    struct process *p = frame->process;
    const uint32_t cause = READ_CONTROL(cause);
    p->user_cycles += READ_CONTROL(cycle) - p->user_since;
    p->may_start_again = false;
    if (cause == CAUSE_SYSTEM_CALL) {
        frame->epc += INSTRUCTION_BYTES;  // epc is at the ecall: continue after it
        interrupts_on();
        system_call(p);
        interrupts_off();
    } else if (cause >= CAUSE_INTERRUPT) {
        interrupt(cause);
    } else {
        user_fault(p, cause, READ_CONTROL(badaddr));
    }
    slice_end_if_due(p, cause >= CAUSE_INTERRUPT);
    if (signal_is_due(p)) signals_before_user_mode(p);
    p->pin_count = 0;
    p->user_since = READ_CONTROL(cycle);
}

// The kernel works with memory of a program that it has checked; but another thread of the same program may have forked
// meanwhile, for example, and now the page must be copied first.
static bool is_page_of_program(const struct trap_frame *frame, uint32_t cause, uint32_t address) {
    enum access access;
    if (current_thread() == 0 || (frame->status & STATUS_PREVIOUS_IE) == 0 || !is_page_fault(cause, &access)) return false;
    interrupts_on();
    const int error = page_fault(current_thread(), address, access);
    interrupts_off();
    return error == 0;
}

// futex_wait() looks at a word of the program with the lock held.
static void end_for_fault(struct process *leader) {
    const bool is_held = holding(&process_lock);
    if (!is_held) acquire(&process_lock);
    leader->killed_by = SIGSEGV;
    if (!is_held) release(&process_lock);
}

// Or the other thread, which may have ended since, has unmapped it. The kernel may hold locks here, so it cannot give up
// what it does: this instruction is left out, what comes of that does not matter, and the process ends on its way back to
// user mode.
static bool is_fault_of_program(struct trap_frame *frame, uint32_t cause, uint32_t address) {
    enum access access;
    if (current_thread() == 0 || address >= USER_END || !is_page_fault(cause, &access)) return false;
    if (access == ACCESS_EXECUTE || !current_process()->has_had_threads) return false;
    end_for_fault(current_process());
    frame->epc += INSTRUCTION_BYTES;
    return true;
}

// From trap.s, on whatever stack the kernel was using. An interrupt is welcome anywhere that interrupts are on; but the
// kernel's work for a process is never interrupted by another process. That waits until the way back to user mode.
void kernel_trap(struct trap_frame *frame) {
    const uint32_t cause = READ_CONTROL(cause);
    if (cause >= CAUSE_INTERRUPT) {
        interrupt(cause);
        return;
    }
    if (is_page_of_program(frame, cause, READ_CONTROL(badaddr))) return;
    if (is_fault_of_program(frame, cause, READ_CONTROL(badaddr))) return;
    panic("%s in the kernel at 0x%x, pc 0x%x", find_fault(cause)->name, READ_CONTROL(badaddr), frame->epc);
}
