// From a number in a5 to a function.

#include "kernel.h"

#include "file.h"
#include "process.h"
#include "system_call.h"
#include "trap.h"

static int (*const system_calls[])(const uint32_t *argument) = {
#define SYSCALL(number, name, prototype, sentence) [number] = system_##name,
#include <peach/syscalls.inc>
#undef SYSCALL
};

// What init_code.s takes for granted.
_Static_assert(SYSTEM_CALL_exit == 1 && SYSTEM_CALL_execve == 3, "numbers in init_code.s");

void system_call(struct process *p) {
    struct trap_frame *frame = p->trap_frame;
    const uint32_t number = frame->a5;
    p->system_calls++;
    if (number >= LENGTH(system_calls) || system_calls[number] == 0) {
        frame->a0 = (uint32_t)-ENOSYS;
        return;
    }
    const uint32_t first_argument = frame->a0;
    const int result = system_calls[number](&frame->a0);
    frame->a0 = (uint32_t)result;
    if (p->held_count != 0) file_release_held(p);
    if (result == -EINTR) signal_call_was_interrupted(p, number, first_argument);
}
