#pragma once
// The CPU as the kernel sees it: control registers, device registers, and one struct for each CPU.

#include <peach/limits.h>
#include <peach/machine.h>
#include <stdbool.h>
#include <stdint.h>

#define CPU_MAX 8
#define SPACE_COUNT (2 * PROCESS_COUNT)  // address spaces: exec has two for a while

// Reads or writes a control register by name: READ_CONTROL(cause), WRITE_CONTROL(tvec, address).
#define READ_CONTROL(name)                                   \
    ({                                                       \
        uint32_t value_;                                     \
        __asm__ volatile("csrr %0, " #name : "=r"(value_));  \
        value_;                                              \
    })
#define WRITE_CONTROL(name, value) __asm__ volatile("csrw " #name ", %0" : : "r"(value) : "memory")

static inline uint32_t device_read(uint32_t address) { return *(volatile uint32_t *)address; }
static inline void device_write(uint32_t address, uint32_t value) { *(volatile uint32_t *)address = value; }

// The clock: a cycle count.
static inline uint64_t now(void) {
    uint32_t high, low;
    do {  // again if the lower word has just overflowed
        high = READ_CONTROL(cycleh);
        low = READ_CONTROL(cycle);
    } while (high != READ_CONTROL(cycleh));
    return (uint64_t)high << 32 | low;
}

// In kernel mode the other bits of status only matter to the next eret, and trap.s sets them before that.
static inline bool interrupts_are_on(void) { return (READ_CONTROL(status) & STATUS_IE) != 0; }
static inline void interrupts_on(void) { WRITE_CONTROL(status, STATUS_IE); }
static inline void interrupts_off(void) { WRITE_CONTROL(status, 0); }

// The registers that a C function expects to find unchanged when a call returns, and so all that swtch() has to
// save: its caller has saved the others already, if it needs them. Offsets are known to swtch.s.
struct context {
    uint32_t ra;  // where swtch() returns to
    uint32_t sp;  // the kernel stack
    uint32_t fp;
    uint32_t s1;
    struct process *tp;  // whom the kernel works for: see current_thread()
};

struct cpu {
    // Only this CPU uses these, with interrupts off.
    int number;                // its cpuid
    struct process *process;   // the process that runs here, or null
    struct context scheduler;  // where swtch() finds this CPU's scheduler()
    int off_depth;             // how many locks want interrupts off
    bool were_on;              // whether they were on before the first of those
    uint32_t spaces_seen[SPACE_COUNT];  // see address_space_load()

    bool tick_noted;  // the timer has run down, and nothing has been done about it yet

    // process_lock guards these.
    bool preempted;         // a process that must run at once has come: see make_room()
    uint64_t slice_end;     // when the time slice of `process` is used up; NEVER if it is not limited
    uint64_t idle_cycles;   // how long it had nothing to run
    uint32_t choices_seen;  // which choice of policy and quantum the slice was made by: see slice_check()
};

extern struct cpu cpus[CPU_MAX];

// The CPU that executes this. Only meaningful with interrupts off: a process may continue on another.
static inline struct cpu *this_cpu(void) { return &cpus[READ_CONTROL(cpuid)]; }

// The thread that the kernel works for, null in a scheduler. trap.s puts it into tp; swtch() keeps it right.
static inline struct process *current_thread(void) {
    struct process *p;
    __asm__ volatile("mv %0, tp" : "=r"(p));
    return p;
}
