// The start of the kernel in C: boot.s has made a stack and come here.

#include "kernel.h"

#include "memory.h"
#include "trap.h"

_Noreturn void kernel_main(uint32_t ram_end);
_Noreturn void kernel_other_cpu(void);

struct cpu cpus[CPU_MAX];

static volatile bool kernel_is_up;

static _Noreturn void run_this_cpu(void) {
    this_cpu()->number = (int)READ_CONTROL(cpuid);
    WRITE_CONTROL(scratch, 0);
    WRITE_CONTROL(tvec, trap_entry);
    address_space_load_kernel();
    interrupts_start();
    scheduler();
}

_Noreturn void kernel_main(uint32_t ram_end) {
    page_start(ram_end);
    page_table_start(ram_end);
    front_panel_read();
    process_start_first();
    kernel_is_up = true;
    interrupt_cpus(~1u);
    run_this_cpu();
}

// The other CPUs wait until the first has made everything ready; its interrupt ends their wfi.
_Noreturn void kernel_other_cpu(void) {
    interrupt_line_enable(INTERRUPT_INTERPROCESSOR);
    while (!kernel_is_up) {
        __asm__ volatile("wfi");
        device_write(INTERRUPT_CONTROLLER_ACKNOWLEDGE, 1);
    }
    run_this_cpu();
}
