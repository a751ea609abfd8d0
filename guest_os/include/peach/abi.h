#pragma once
// What a program may rely on when it meets the kernel.
//
// System calls: `ecall` with the number in a5 and arguments in a0 to a4 (numbers and prototypes: syscalls.inc).
// a0 returns the result; from -4095 to -1 it is minus an errno value. All other registers keep their values.
//
// Addresses, in every process:
//
//     80000000  +------------------------+  USER_END; above is the kernel, out of reach
//               | stack, grows down      |  to USER_STACK_MAX bytes, page by page as it is used
//               |          :             |
//               |          :             |
//               | heap, grows up         |  from the first page after the program; sbrk moves its end
//               | program: text and data |
//     00010000  +------------------------+  USER_START
//               | never mapped           |  so that a null pointer faults
//     00000000  +------------------------+
//
// A program begins at its entry with a0 = argc, a1 = argv, a2 = envp, all other registers 0, and sp, a multiple of
// 16, pointing at this:
//
//     sp -> argc | argv[0] ... argv[argc-1] | 0 | envp[0] ... | 0 | the strings themselves | USER_END

#define USER_START 0x00010000u
#define USER_END 0x80000000u
#define USER_STACK_MAX (4u * 1024u * 1024u)
#define ELF_MACHINE_PEACH 0x7EAC

#define CYCLES_PER_SECOND 1000000u  // the nominal clock

// The scheduling policies by number: switch 0 of the front panel, lamp 0, and the sched() system call.
enum policy_number {
#define POLICY(number, constant, name, object, sentence) POLICY_##constant = number,
#include <peach/policies.inc>
#undef POLICY
    POLICY_COUNT
};

// The exit status of the machine after a kernel panic.
#define PANIC_EXIT_STATUS 255
