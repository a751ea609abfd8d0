// How a program's signal handler is called, and how it returns. The program did not call it, so every register must
// come back as it was; they wait on the user's own stack meanwhile:
//
//     sp before ->  +--------------------+
//                   | struct signal_frame|  registers, old mask
//     sp of the     |                    |
//     handler  -->  +--------------------+  a0 = signal, a1 = &info, ra = trampoline
//                   | handler's own      |
//
// The handler is an ordinary function. It returns to the trampoline (in libc), which makes one system call:
// sigreturn(), with sp where it was. That takes the registers out of the frame again.

#include "kernel.h"

#include "memory.h"
#include "process.h"
#include "system_call.h"

#include <peach/wait.h>

#define ECALL_BYTES 4

struct signal_frame {
    struct trap_frame registers;
    uint32_t mask;
    siginfo_t info;
};

// Those that wait for a time or a signal are not started again, nor is one that never waits.
static bool may_start_again(uint32_t number) {
    switch (number) {
        case SYSTEM_CALL_sleep_cycles:
        case SYSTEM_CALL_job_start:
        case SYSTEM_CALL_poll:
        case SYSTEM_CALL_sigsuspend:
        case SYSTEM_CALL_pause:
        case SYSTEM_CALL_sigreturn: return false;
        default: return true;
    }
}

// A system call has returned EINTR. Should a handler ask for it, the ecall is executed once more, with the same a0.
void signal_call_was_interrupted(struct process *thread, uint32_t number, uint32_t first_argument) {
    thread->may_start_again = may_start_again(number);
    thread->first_argument = first_argument;
}

// A signal comes first: then the ecall is executed once more, whatever the handler asks for. Returns the a0 to return.
int signal_call_again(struct process *thread) {
    thread->trap_frame->epc -= ECALL_BYTES;
    return (int)thread->trap_frame->a0;
}

static void prepare_to_start_again(struct process *thread, const struct signal_action *action) {
    if (thread->may_start_again && (action->flags & SA_RESTART)) {
        thread->trap_frame->a0 = thread->first_argument;
        thread->trap_frame->epc -= ECALL_BYTES;
    }
    thread->may_start_again = false;
}

void signal_call_handler(struct process *thread, int signal, const struct signal_action *action, uint32_t mask,
                         const struct signal_origin *origin) {
    struct trap_frame *registers = thread->trap_frame;
    prepare_to_start_again(thread, action);
    const uint32_t sp = (registers->sp - sizeof(struct signal_frame)) & ~15u;
    if (user_check(sp, sizeof(struct signal_frame), ACCESS_WRITE) < 0) {  // no stack, no handler
        kprintf("pid %d (%s): no room on the stack for a handler, sp 0x%x: killed\n", thread->leader->pid,
                thread->name, registers->sp);
        process_exit(WAIT_STATUS_KILLED(SIGSEGV));
    }
    struct signal_frame *frame = (struct signal_frame *)sp;
    frame->registers = *registers;
    frame->mask = mask;
    frame->info = (siginfo_t){.si_signo = signal, .si_code = origin->code, .si_pid = origin->pid,
                              .si_uid = origin->uid, .si_status = origin->status,
                              .si_addr = (void *)thread->fault_address};
    thread->fault_address = 0;
    registers->sp = sp;
    registers->epc = action->handler;
    registers->ra = action->trampoline;
    registers->a0 = (uint32_t)signal;
    registers->a1 = (uint32_t)&frame->info;
    registers->a2 = 0;
}

// The frame is in the program's hands, so nothing of it is trusted that would matter to the kernel.
int system_sigreturn(const uint32_t *) {
    struct process *thread = current_thread();
    const uint32_t sp = thread->trap_frame->sp;
    if (sp % sizeof(uint32_t) != 0 || user_check(sp, sizeof(struct signal_frame), ACCESS_READ) < 0) {
        signal_force(thread, SIGSEGV, sp);
        return -EFAULT;
    }
    const struct signal_frame *frame = (const struct signal_frame *)sp;
    const uint32_t status = thread->trap_frame->status;
    *thread->trap_frame = frame->registers;
    thread->trap_frame->status = status;
    thread->trap_frame->process = thread;
    acquire(&process_lock);
    signal_set_mask(thread, frame->mask & ~UNBLOCKABLE_SIGNALS);
    release(&process_lock);
    return (int)thread->trap_frame->a0;
}
