// Everything that a program must not do, each in a child of its own; prints the signal that ended it.

#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void store_to_null(void) { *(volatile int *)0 = 1; }
static void load_from_null(void) { (void)*(volatile int *)0; }
static void jump_to_nowhere(void) { ((void (*)(void))0x12345678)(); }
static void jump_to_odd_address(void) { ((void (*)(void))0x10002)(); }
static void store_to_kernel(void) { *(volatile int *)0x80001000 = 1; }
static void store_to_device(void) { *(volatile int *)0xF0005000 = 1; }
static void store_to_code(void) { *(volatile int *)0x10000 = 1; }
static void load_misaligned(void) { (void)*(volatile int *)0x10001; }
static void execute_zeros(void) { __asm__ volatile(".word 0"); }
static void execute_ebreak(void) { __asm__ volatile("ebreak"); }
static void execute_privileged(void) { __asm__ volatile("wfi"); }
static void lose_the_stack(void) { __asm__ volatile("li sp, 0\n\tsw a0, 0(sp)"); }

static void execute_heap(void) {
    uint32_t *code = sbrk(4096);
    code[0] = 0xE0000000;  // ecall
    ((void (*)(void))code)();
}

static int recurse(volatile char *below) {
    volatile char here[1000];
    here[0] = *below;
    return recurse(here) + here[0];
}

static void recurse_for_ever(void) {
    char start = 1;
    recurse(&start);
}

static const struct {
    const char *name;
    void (*run)(void);
} crimes[] = {
    {"store to null", store_to_null},       {"load from null", load_from_null},
    {"jump to nowhere", jump_to_nowhere},   {"jump to odd address", jump_to_odd_address},
    {"store to kernel", store_to_kernel},   {"store to device", store_to_device},
    {"store to code", store_to_code},       {"load misaligned", load_misaligned},
    {"execute zeros", execute_zeros},       {"execute ebreak", execute_ebreak},
    {"execute privileged", execute_privileged}, {"lose the stack", lose_the_stack},
    {"execute heap", execute_heap},         {"recurse for ever", recurse_for_ever},
};

int main(void) {
    for (unsigned i = 0; i < sizeof crimes / sizeof crimes[0]; i++) {
        const int pid = fork();
        if (pid == 0) {
            crimes[i].run();
            _exit(0);
        }
        int status;
        waitpid(pid, &status, 0);
        printf("%s: signal %d\n", crimes[i].name, WIFSIGNALED(status) ? WTERMSIG(status) : 0);
    }
    return 0;
}
