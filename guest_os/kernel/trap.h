#pragma once
// Traps and the devices that cause some of them.

#include "process.h"

void trap_entry(void);   // trap.s: what tvec points at
void process_entry(void);  // trap.s: where a process runs first
void process_begin(void);
void user_trap(struct trap_frame *frame);
void kernel_trap(struct trap_frame *frame);

void system_call(struct process *p);

// interrupt.c
void interrupts_start(void);  // opens the lines of this CPU
void interrupt(uint32_t cause);
void interrupt_line_enable(uint32_t line);
void interrupt_line_disable(uint32_t line);
void interrupt_cpus(uint32_t cpu_mask);

// front_panel.c
void front_panel_read(void);  // the switches choose policy and quantum
void front_panel_interrupt(void);
void front_panel_show_policy(int policy, uint32_t quantum);
void front_panel_show_process(int pid);
bool console_is_plain(void);
