// What the kernel's services cost, in instructions.

#include <sched.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned cycles(void) {
    unsigned value;
    __asm__ volatile("rdcycle %0" : "=r"(value));
    return value;
}

int main(void) {
    unsigned start = cycles();
    for (int i = 0; i < 1000; i++) getpid();
    printf("getpid %u\n", (cycles() - start) / 1000);
    start = cycles();
    for (int i = 0; i < 200; i++) sched_yield();
    printf("switch %u\n", (cycles() - start) / 200);
    start = cycles();
    for (int i = 0; i < 50; i++) {
        const int pid = fork();
        if (pid == 0) _exit(0);
        waitpid(pid, NULL, 0);
    }
    printf("fork-exit-wait %u\n", (cycles() - start) / 50);
    return 0;
}
