// System calls about scheduling.

#include "kernel.h"

#include "memory.h"
#include "policy.h"
#include "system_call.h"

int system_sched(const uint32_t *argument) {
    const int policy = (int)argument[0], quantum = (int)argument[1];
    const bool only_asks = policy == -1 && quantum == -1;
    return only_asks || caller_is_root() ? scheduler_choose(policy, quantum) : -EPERM;
}

int system_sched_parameters(const uint32_t *argument) {
    struct sched_parameters set, old;
    const uint32_t from = argument[1], to = argument[2];
    if (from != 0 && user_check(from, sizeof set, ACCESS_READ) < 0) return -EFAULT;
    if (to != 0 && user_check(to, sizeof old, ACCESS_WRITE) < 0) return -EFAULT;
    if (from != 0) memcpy(&set, (const void *)from, sizeof set);
    const int error = scheduler_set_parameters((int)argument[0], from != 0 ? &set : 0, &old);
    if (error == 0 && to != 0) memcpy((void *)to, &old, sizeof old);
    return error;
}

int system_sched_settings(const uint32_t *argument) {
    struct sched_settings set;
    const struct sched_settings old = sched_settings;
    const uint32_t from = argument[0], to = argument[1];
    if (from != 0 && user_check(from, sizeof set, ACCESS_READ) < 0) return -EFAULT;
    if (to != 0 && user_check(to, sizeof old, ACCESS_WRITE) < 0) return -EFAULT;
    if (from != 0 && !caller_is_root()) return -EPERM;
    if (from != 0) memcpy(&set, (const void *)from, sizeof set);
    const int error = from == 0 ? 0 : scheduler_set(&set);
    if (error == 0 && to != 0) memcpy((void *)to, &old, sizeof old);
    return error;
}

int system_job_start(const uint32_t *argument) { return job_start((uint64_t)argument[1] << 32 | argument[0]); }
