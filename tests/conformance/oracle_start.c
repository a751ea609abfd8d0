// What a bare program needs to run under qemu-riscv32's Linux calls with picolibc: a start, an end, and output.

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static long call(long number, long a, long b, long c) {
    register long a0 __asm__("a0") = a;
    register long a1 __asm__("a1") = b;
    register long a2 __asm__("a2") = c;
    // Linux wants the number in a7, a register that rv32e's compiler does not know.
    register long t0 __asm__("t0") = number;
    __asm__ volatile(".option push\n .option arch, +i\n .word 0x00028893\n ecall\n .option pop"  // mv a7, t0
                     : "+r"(a0) : "r"(a1), "r"(a2), "r"(t0) : "memory");
    return a0;
}

_Noreturn void _exit(int status) {
    for (;;) call(93, status, 0, 0);
}

ssize_t write(int descriptor, const void *bytes, size_t count) { return call(64, descriptor, (long)bytes, (long)count); }

static int put(char c, FILE *file) {
    (void)file;
    return write(1, &c, 1) == 1 ? (unsigned char)c : EOF;
}

static FILE output = FDEV_SETUP_STREAM(put, NULL, NULL, _FDEV_SETUP_WRITE);
FILE *const stdin = &output;
FILE *const stdout = &output;
FILE *const stderr = &output;

static char heap[16 << 20];
static size_t used;

void *sbrk(ptrdiff_t increment) {
    if (used + (size_t)increment > sizeof heap) return (void *)-1;
    void *start = heap + used;
    used += (size_t)increment;
    return start;
}

int getpid(void) { return 1; }
int kill(int pid, int signal) {
    (void)pid;
    _exit(128 + signal);
}

int main(int argc, char **argv);

static long thread_local_storage[256];

void start_here(void) {
    static char name[] = "program";
    static char *argv[] = {name, NULL};
    __asm__ volatile("mv tp, %0" : : "r"(thread_local_storage));
    exit(main(1, argv));
}

__asm__(".globl _start\n_start:\n .option push\n .option norelax\n la gp, __global_pointer$\n .option pop\n"
        " andi sp, sp, -16\n call start_here\n");
