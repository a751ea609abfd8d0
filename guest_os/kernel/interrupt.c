// Interrupts: which lines are open, and who answers them.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "memory.h"
#include "trap.h"

// `enabled` belongs to the CPU that reads it; interrupts are off here or must not matter.
void interrupt_line_enable(uint32_t line) {
    interrupts_push_off();
    device_write(INTERRUPT_CONTROLLER_ENABLED, device_read(INTERRUPT_CONTROLLER_ENABLED) | 1u << line);
    interrupts_pop_off();
}

void interrupt_line_disable(uint32_t line) {
    interrupts_push_off();
    device_write(INTERRUPT_CONTROLLER_ENABLED, device_read(INTERRUPT_CONTROLLER_ENABLED) & ~(1u << line));
    interrupts_pop_off();
}

// Timer and interprocessor interrupts are each CPU's own; CPU 0 answers the other devices.
void interrupts_start(void) {
    interrupt_line_enable(INTERRUPT_TIMER);
    interrupt_line_enable(INTERRUPT_INTERPROCESSOR);
    if (READ_CONTROL(cpuid) != 0) return;
    interrupt_line_enable(INTERRUPT_CONSOLE);
    interrupt_line_enable(INTERRUPT_DISK);
    interrupt_line_enable(INTERRUPT_FRONT_PANEL);
}

void interrupt_cpus(uint32_t cpu_mask) { device_write(INTERRUPT_CONTROLLER_SEND, cpu_mask); }

// Another CPU has made a process runnable, killed whom we run, changed its memory, chosen another policy, or made room
// for input. The
// first is seen to by scheduler.c, the second by user_trap().
static void interprocessor_interrupt(void) {
    device_write(INTERRUPT_CONTROLLER_ACKNOWLEDGE, 1);
    address_space_check();
    slice_check();
    if (READ_CONTROL(cpuid) == 0) console_open_line();
}

void interrupt(uint32_t cause) {
    switch (cause - CAUSE_INTERRUPT) {
        case INTERRUPT_TIMER: slice_note_tick(); break;
        case INTERRUPT_INTERPROCESSOR: interprocessor_interrupt(); break;
        case INTERRUPT_CONSOLE: console_interrupt(); break;
        case INTERRUPT_DISK: disk_interrupt(); break;
        case INTERRUPT_FRONT_PANEL: front_panel_interrupt(); break;
        default: panic("interrupt from a line that nobody opened: cause %x", cause);
    }
}
