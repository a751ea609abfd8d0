// ps: one line for each process, as the kernel's process table has it.

#include <peach/abi.h>
#include <peach/process_status.h>
#include <stdio.h>
#include <sys/process_status.h>

static const char *const state_names[] = {"unused", "embryo", "sleeping", "runnable", "running", "zombie"};

int main(void) {
    printf("  PID  PPID STATE     CPU-MS SWITCHES  MEM-K NAME             WHY\n");
    struct process_status p;
    for (int slot = 0, used; (used = process_status(slot, &p)) >= 0; ++slot) {
        if (!used) continue;
        const unsigned milliseconds = (unsigned)(p.run_cycles / (CYCLES_PER_SECOND / 1000));
        printf("%5d %5d %-8s %7u %8u %6u %-16s %s\n", p.pid, p.parent_pid, state_names[p.state], milliseconds,
               p.switches, p.memory_bytes / 1024, p.name, p.wait_reason);
    }
    return 0;
}
