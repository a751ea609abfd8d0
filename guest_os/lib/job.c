// Jobs that compute for exactly so many instructions.

#include <sys/job.h>

enum call {
#define SYSCALL(number, name, prototype, sentence) CALL_##name = number,
#include <peach/syscalls.inc>
#undef SYSCALL
};

// A turn of the loop below: `rounds` of 2 instructions, 6 others, and the system call that ends the phase.
struct step {
    unsigned rounds, low, high, call;
};
#define OTHERS 6

_Noreturn void __job_steps(const struct step *steps, unsigned low, unsigned high, unsigned call);

// Aligned, so that it lies on one page.
__asm__(".section .text.__job_steps, \"ax\", @progbits\n"
        ".balign 64\n"
        ".globl __job_steps\n"
        ".type __job_steps, @function\n"
        "__job_steps:\n"
        "    mv s1, a0\n"
        "    mv a0, a1\n"
        "    mv a1, a2\n"
        "    mv a5, a3\n"
        "1:  ecall\n"            // first the arrival, then what ends each phase
        "    lw t0, 0(s1)\n"
        "    lw a0, 4(s1)\n"
        "    lw a1, 8(s1)\n"
        "    lw a5, 12(s1)\n"
        "    addi s1, s1, 16\n"
        "2:  addi t0, t0, -1\n"
        "    bnez t0, 2b\n"
        "    j 1b\n"
        ".size __job_steps, .-__job_steps\n"
        ".text\n");

static unsigned rounds_of(unsigned units, unsigned unit) { return units == 0 ? 1 : (units * unit - OTHERS) / 2; }

unsigned job_length(const struct job *job) {
    unsigned length = 0;
    for (unsigned i = 0; i < job->count; i += 2) length += job->units[i];
    return length;
}

void job_run(const struct job *job, unsigned unit, unsigned long long arrival) {
    struct step steps[JOB_PHASES_MAX / 2 + 1];
    unsigned count = 0;
    for (unsigned i = 0; i < job->count || count == 0; i += 2) {
        const int blocks = i + 1 < job->count;
        const unsigned long long cycles = blocks ? (unsigned long long)job->units[i + 1] * unit : 0;
        steps[count++] = (struct step){
            .rounds = rounds_of(i < job->count ? job->units[i] : 0, unit),
            .low = (unsigned)cycles,
            .high = (unsigned)(cycles >> 32),
            .call = blocks ? CALL_sleep_cycles : CALL_exit,
        };
    }
    if (steps[count - 1].call != CALL_exit) steps[count++] = (struct step){.rounds = rounds_of(0, unit), .call = CALL_exit};
    __job_steps(steps, (unsigned)arrival, (unsigned)(arrival >> 32), CALL_job_start);
}
