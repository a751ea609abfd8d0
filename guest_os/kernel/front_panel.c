// The front panel: switches that a person sets, lamps that the kernel lights.

#include "kernel.h"

#include "trap.h"

bool console_is_plain(void) { return device_read(FRONT_PANEL_SWITCH2) == FRONT_PANEL_SWITCH2_PLAIN; }

// A switch that stands on something impossible leaves things as they are.
void front_panel_read(void) {
    scheduler_choose((int)device_read(FRONT_PANEL_SWITCH0), -1);
    const uint32_t quantum = device_read(FRONT_PANEL_SWITCH1);
    if (quantum != 0) scheduler_choose(-1, (int)min_u32(quantum, INT32_MAX));
}

void front_panel_interrupt(void) {
    device_write(FRONT_PANEL_ACKNOWLEDGE, 1);
    front_panel_read();
}

void front_panel_show_policy(int policy, uint32_t quantum) {
    device_write(FRONT_PANEL_LAMP0, (uint32_t)policy);
    device_write(FRONT_PANEL_LAMP1, quantum);
}

void front_panel_show_process(int pid) { device_write(FRONT_PANEL_LAMP2, (uint32_t)pid); }
