#pragma once
// Peach's own: what the process table says of the process in a slot. 1: told; 0: the slot is free; -1: no such slot.

#include <peach/process_status.h>

int process_status(int slot, struct process_status *status);
