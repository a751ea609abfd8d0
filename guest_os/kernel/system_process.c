// System calls about processes, memory, time and the machine.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "memory.h"
#include "process.h"
#include "system_call.h"

#include <peach/wait.h>

int system_exit(const uint32_t *argument) { process_exit(WAIT_STATUS_EXITED((int)argument[0])); }

int system_fork(const uint32_t *) { return process_fork(); }

int system_execve(const uint32_t *argument) {
    char path[PATH_MAX];
    const int error = user_string(path, argument[0], sizeof path);
    return error < 0 ? error : exec(path, argument[1], argument[2]);
}

int system_waitpid(const uint32_t *argument) {
    int *user_status = (int *)argument[1];
    if (user_status != 0 && user_check(argument[1], sizeof *user_status, ACCESS_WRITE) < 0) return -EFAULT;
    if (argument[1] % sizeof(int) != 0) return -EFAULT;
    int status = 0;
    const int pid = process_wait((int)argument[0], &status, (int)argument[2]);
    if (pid > 0 && user_status != 0) *user_status = status;
    return pid;
}

int system_getpid(const uint32_t *) { return current_process()->pid; }

int system_getppid(const uint32_t *) {
    acquire(&process_lock);
    const struct process *parent = current_process()->parent;
    const int pid = parent == 0 ? 0 : parent->pid;
    release(&process_lock);
    return pid;
}

int system_sleep_cycles(const uint32_t *argument) {
    const uint32_t high = min_u32(argument[1], INT32_MAX);  // the sum with the present time must not overflow
    return sleep_cycles((uint64_t)high << 32 | argument[0]);
}

int system_sched_yield(const uint32_t *) {
    yield("let others go first");
    return 0;
}

int system_process_status(const uint32_t *argument) {
    struct process_status status;
    if (user_check(argument[1], sizeof status, ACCESS_WRITE) < 0) return -EFAULT;
    const int in_use = process_describe((int)argument[0], &status);
    if (in_use == 1) memcpy((void *)argument[1], &status, sizeof status);
    return in_use;
}

int system_setpgid(const uint32_t *argument) { return process_set_group((int)argument[0], (int)argument[1]); }

int system_getpgid(const uint32_t *argument) { return process_group((int)argument[0]); }

int system_setsid(const uint32_t *) { return process_new_session(); }

int system_getsid(const uint32_t *argument) { return process_session((int)argument[0]); }

int system_clock_cycles(const uint32_t *argument) {
    const uint64_t time = now();
    if (user_check(argument[0], sizeof time, ACCESS_WRITE) < 0) return -EFAULT;
    memcpy((void *)argument[0], &time, sizeof time);
    return 0;
}

int system_poweroff(const uint32_t *argument) {
    if (!caller_is_root()) return -EPERM;
    file_system_stop();
    device_write(POWER_OFF, argument[0]);
    return 0;
}
