// One stub for each row of the system call table: the number into a5, trap, and a negative result turned into errno.
// A stub is assembly because its arguments are already where the kernel wants them, in a0 to a4.

#include <errno.h>

// Where C or POSIX gives a name to something that does more than the system call, the call itself is called otherwise.
#define exit _exit
#define fork __fork
#define getcwd __getcwd
#define isatty __isatty
#define stat __stat
#define fstatat __fstatat
#define fstat __fstat
#define poll __poll
#define sigaction __sigaction
#define setitimer __setitimer
#define window_size __window_size
#define mmap __mmap

#define STUB(number, name)                                                                                \
    __asm__(".section .text." #name ", \"ax\", @progbits\n"                                               \
            ".globl " #name "\n"                                                                          \
            ".type " #name ", @function\n" #name ":\n"                                                    \
            "    li a5, " #number "\n"                                                                    \
            "    ecall\n"                                                                                 \
            "    bltz a0, .Lfailed_" #name "\n"                                                           \
            "    ret\n"                                                                                   \
            ".Lfailed_" #name ":\n"                                                                       \
            "    tail __system_call_failed\n"                                                             \
            ".size " #name ", .-" #name "\n"                                                              \
            ".text\n");
#define SYSCALL(number, name, prototype, sentence) STUB(number, name)
#include <peach/syscalls.inc>

int __system_call_failed(int result) {
    errno = -result;
    return -1;
}
