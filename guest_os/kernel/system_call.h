#pragma once
// The system calls: one function for each row of <peach/syscalls.inc>, called system_NAME. `argument` points at
// a0 to a4 of the caller; the result goes into its a0. Minus an errno value means failure.

#include <stdint.h>

enum system_call_number {
#define SYSCALL(number, name, prototype, sentence) SYSTEM_CALL_##name = number,
#include <peach/syscalls.inc>
#undef SYSCALL
};

#define SYSCALL(number, name, prototype, sentence) int system_##name(const uint32_t *argument);
#include <peach/syscalls.inc>
#undef SYSCALL
