// ps: one line for each process, as the kernel's process table has it.

#include <peach/abi.h>
#include <peach/process_status.h>
#include <stdio.h>
#include <sys/process_status.h>

static const char *const state_names[] = {"unused", "embryo", "sleeping", "runnable", "running", "zombie"};

static unsigned milliseconds(uint64_t cycles) { return (unsigned)(cycles / (CYCLES_PER_SECOND / 1000)); }

int main(void) {
    printf("  PID  PPID STATE    USER-MS KERN-MS SWITCHES  MEM-K NAME             WHY\n");
    struct process_status p;
    for (int slot = 0, used; (used = process_status(slot, &p)) >= 0; ++slot) {
        if (!used) continue;
        printf("%5d %5d %-8s %7u %7u %8u %6u %-16s %s\n", p.pid, p.parent_pid, state_names[p.state],
               milliseconds(p.user_cycles), milliseconds(p.run_cycles - p.user_cycles), p.switches,
               p.memory_bytes / 1024, p.name, p.wait_reason);
    }
    return 0;
}
