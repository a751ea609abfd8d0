// System calls about memory.

#include "kernel.h"

#include "memory.h"
#include "process.h"
#include "system_call.h"

static uint32_t permissions_of(uint32_t protection) {
    uint32_t permissions = 0;
    if (protection & (PROT_READ | PROT_WRITE | PROT_EXEC)) permissions |= PTE_R;
    if (protection & PROT_WRITE) permissions |= PTE_W;
    if (protection & PROT_EXEC) permissions |= PTE_X;
    return permissions;
}

static bool is_protection(uint32_t bits) { return (bits & ~(uint32_t)(PROT_READ | PROT_WRITE | PROT_EXEC)) == 0; }

int system_sbrk(const uint32_t *argument) {
    const int increment = (int)argument[0];
    if (increment > 0 && !limit_allows_heap((uint32_t)increment)) return -ENOMEM;
    sleep_lock_acquire(&memory_lock);
    const int result = heap_move_end(current_process()->space, increment);
    sleep_lock_release(&memory_lock);
    return result;
}

int system_mmap(const uint32_t *argument) {
    const uint32_t flags = argument[3], kind = flags & (MAP_PRIVATE | MAP_SHARED);
    if ((flags & ~(uint32_t)MAP_FIXED) != (kind | MAP_ANONYMOUS) || !is_protection(argument[2])) return -EINVAL;
    if (kind != MAP_PRIVATE && kind != MAP_SHARED) return -EINVAL;
    if (kind == MAP_SHARED && (argument[2] & PROT_READ) == 0) return -EINVAL;  // not modelled: nobody could fill it
    if (!limit_allows_memory(argument[1])) return -ENOMEM;
    sleep_lock_acquire(&memory_lock);
    int result = region_map(current_process()->space, argument[0], argument[1], permissions_of(argument[2]),
                            (flags & MAP_FIXED) != 0);
    if (result > 0 && kind == MAP_SHARED) result = region_share(current_process()->space, (uint32_t)result);
    sleep_lock_release(&memory_lock);
    return result;
}

int system_munmap(const uint32_t *argument) {
    sleep_lock_acquire(&memory_lock);
    const int result = region_unmap(current_process()->space, argument[0], argument[1]);
    sleep_lock_release(&memory_lock);
    return result;
}

int system_mprotect(const uint32_t *argument) {
    if (!is_protection(argument[2])) return -EINVAL;
    sleep_lock_acquire(&memory_lock);
    const int result = region_protect(current_process()->space, argument[0], argument[1], permissions_of(argument[2]));
    sleep_lock_release(&memory_lock);
    return result;
}

int system_memory_status(const uint32_t *argument) {
    struct memory_status status;
    if (user_check(argument[0], sizeof status, ACCESS_WRITE) < 0) return -EFAULT;
    swap_describe(&status);
    memcpy((void *)argument[0], &status, sizeof status);
    return 0;
}

int system_memory_settings(const uint32_t *argument) {
    struct memory_settings set;
    const struct memory_settings old = memory_settings;
    const uint32_t from = argument[0], to = argument[1];
    if (from != 0 && user_check(from, sizeof set, ACCESS_READ) < 0) return -EFAULT;
    if (to != 0 && user_check(to, sizeof old, ACCESS_WRITE) < 0) return -EFAULT;
    if (from != 0 && !caller_is_root()) return -EPERM;
    if (from != 0) memcpy(&set, (const void *)from, sizeof set);
    const int error = from == 0 ? 0 : memory_choose(&set);
    if (error == 0 && to != 0) memcpy((void *)to, &old, sizeof old);
    return error;
}

int system_memory_limit(const uint32_t *argument) {
    sleep_lock_acquire(&memory_lock);
    const int result = region_limit(current_process()->space, argument[0], argument[1]);
    sleep_lock_release(&memory_lock);
    return result;
}
