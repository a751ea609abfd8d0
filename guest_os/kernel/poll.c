// Waiting for any of several files. There is one channel for all who wait: whatever becomes ready wakes them, and they
// look again. A number that grows tells them whether anything has happened since they looked.

#include "kernel.h"

#include "file.h"
#include "memory.h"
#include "process.h"
#include "system_call.h"

#include <peach/poll.h>

// process_lock guards these.
static uint32_t changes;
static uint32_t waiting;

void poll_wakeup(void) {
    acquire(&process_lock);
    changes++;
    if (waiting > 0) wakeup_locked(&changes, "a file has become ready");
    release(&process_lock);
}

static uint32_t look(const struct pollfd *asked) {
    struct file *file = file_of((uint32_t)asked->fd);
    if (asked->fd < 0) return 0;
    if (file == 0 || file->operations == 0) return POLLNVAL;
    const uint32_t ready = file->operations->poll == 0 ? POLLIN | POLLOUT : file->operations->poll(file);
    return ready & ((uint32_t)asked->events | POLLERR | POLLHUP);
}

// How many are ready.
static int look_at_all(struct pollfd *asked, uint32_t count) {
    int ready = 0;
    for (uint32_t i = 0; i < count; i++) {
        asked[i].revents = (short)look(&asked[i]);
        file_release_held(current_thread());  // they may be more than a thread can hold
        if (asked[i].revents != 0) ready++;
    }
    return ready;
}

static int poll_until(struct pollfd *asked, uint32_t count, uint64_t limit) {
    for (;;) {
        const uint32_t seen = *(volatile uint32_t *)&changes;
        const int ready = look_at_all(asked, count);
        if (ready > 0 || now() >= limit) return ready;
        bool undisturbed = true;
        acquire(&process_lock);
        waiting++;
        if (changes == seen) {
            undisturbed = sleep_interruptible_until(&changes, &process_lock, limit, "waiting for one of several files");
        }
        waiting--;
        release(&process_lock);
        if (!undisturbed) return -EINTR;
    }
}

int system_poll(const uint32_t *argument) {
    struct pollfd *asked = (struct pollfd *)argument[0];
    const uint32_t count = argument[1];
    const uint64_t patience = (uint64_t)argument[3] << 32 | argument[2];
    if (count > 8 * OPEN_MAX) return -EINVAL;
    if (argument[0] % sizeof(int) != 0) return -EFAULT;
    if (user_check(argument[0], count * sizeof *asked, ACCESS_WRITE) < 0) return -EFAULT;
    const uint64_t time = now();
    return poll_until(asked, count, patience > NEVER - time ? NEVER : time + patience);
}
