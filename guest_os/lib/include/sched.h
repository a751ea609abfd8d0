#pragma once

int sched_yield(void);

// Peach's own: chooses the scheduling policy and the quantum; -1 leaves either as it is. Returns the policy in force.
int sched(int policy, int quantum_cycles);
