#pragma once

#include <peach/abi.h>
#include <peach/scheduling.h>

int sched_yield(void);

// Peach's own: chooses the scheduling policy and the quantum; -1 leaves either as it is. Returns the policy in force.
int sched(int policy, int quantum_cycles);

// The names of the policies, by number.
extern const char *const sched_policy_names[POLICY_COUNT];

// What a process declares, and what can be set about the policies: see <peach/scheduling.h>. `set` may be null, and so may
// `old`, which receives what was there before.
int sched_parameters(int pid, const struct sched_parameters *set, struct sched_parameters *old);
int sched_settings(const struct sched_settings *set, struct sched_settings *old);
