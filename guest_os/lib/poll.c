// poll(), and select() as a way to write it.

#include "thread.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <sys/select.h>
#include <unistd.h>

enum { CYCLES_PER_MICROSECOND = 1, MICROSECONDS_PER_SECOND = 1000000, MICROSECONDS_PER_MILLISECOND = 1000 };
static const unsigned long long kForEver = ~0ull;

int __poll(struct pollfd *asked, unsigned count, unsigned low, unsigned high);

static int poll_for(struct pollfd *asked, nfds_t count, unsigned long long cycles) {
    return __poll(asked, count, (unsigned)cycles, (unsigned)(cycles >> 32));
}

int poll(struct pollfd *asked, nfds_t count, int milliseconds) {
    const unsigned long long cycles =
        milliseconds < 0 ? kForEver : (unsigned long long)milliseconds * MICROSECONDS_PER_MILLISECOND * CYCLES_PER_MICROSECOND;
    return poll_for(asked, count, cycles);
}

// ---- with other signals blocked meanwhile ----

enum { LOOK_AGAIN_AFTER = 100000 };  // cycles

static int poll_until(struct pollfd *asked, nfds_t count, unsigned long long end, unsigned handlers) {
    for (;;) {
        unsigned long long now;
        clock_cycles(&now);
        const unsigned long long left = now < end ? end - now : 0;
        if (__this_thread()->handlers != handlers) {
            errno = EINTR;
            return -1;
        }
        const int ready = poll_for(asked, count, left < LOOK_AGAIN_AFTER ? left : LOOK_AGAIN_AFTER);
        if (ready != 0 || left <= LOOK_AGAIN_AFTER) return ready;
    }
}

// The kernel's poll() knows no mask, so the mask is changed before it and after. A handler that runs when the mask has
// changed and the poll has not begun would be missed: such handlers are counted, and no poll lasts longer than a tenth
// of a second before the count is looked at. So EINTR may come a little late, but it comes.
static int poll_with_mask(struct pollfd *asked, nfds_t count, unsigned long long cycles, const sigset_t *mask) {
    if (mask == NULL) return poll_for(asked, count, cycles);
    unsigned long long now;
    sigset_t usual;
    clock_cycles(&now);
    const unsigned handlers = __this_thread()->handlers;
    sigprocmask(SIG_SETMASK, mask, &usual);
    const int ready = poll_until(asked, count, cycles < kForEver - now ? now + cycles : kForEver, handlers);
    const int error = errno;
    sigprocmask(SIG_SETMASK, &usual, NULL);
    errno = error;
    return ready;
}

// False, with errno, if it is none.
static bool cycles_of(const struct timespec *time, unsigned long long *cycles) {
    *cycles = kForEver;
    if (time == NULL) return true;
    if (time->tv_sec < 0 || __limit_of(time, cycles) != 0) {
        errno = EINVAL;
        return false;
    }
    return true;
}

int ppoll(struct pollfd *asked, nfds_t count, const struct timespec *timeout, const sigset_t *mask) {
    unsigned long long cycles;
    return cycles_of(timeout, &cycles) ? poll_with_mask(asked, count, cycles, mask) : -1;
}

// ---- select ----

static short wanted(int descriptor, const fd_set *readable, const fd_set *writable, const fd_set *exceptional) {
    short events = 0;
    if (readable != NULL && FD_ISSET(descriptor, readable)) events |= POLLIN;
    if (writable != NULL && FD_ISSET(descriptor, writable)) events |= POLLOUT;
    if (exceptional != NULL && FD_ISSET(descriptor, exceptional)) events |= POLLPRI;
    return events;
}

static int keep(int descriptor, fd_set *set, int is_ready) {
    if (set == NULL || !FD_ISSET(descriptor, set)) return 0;
    if (!is_ready) FD_CLR(descriptor, set);
    return is_ready != 0;
}

static int select_for(int count, fd_set *readable, fd_set *writable, fd_set *exceptional, unsigned long long cycles,
                      const sigset_t *mask) {
    struct pollfd asked[FD_SETSIZE];
    nfds_t asked_count = 0;
    if (count < 0 || count > FD_SETSIZE) {
        errno = EINVAL;
        return -1;
    }
    for (int i = 0; i < count; ++i) {
        const short events = wanted(i, readable, writable, exceptional);
        if (events != 0) asked[asked_count++] = (struct pollfd){.fd = i, .events = events};
    }
    if (poll_with_mask(asked, asked_count, cycles, mask) < 0) return -1;
    int ready = 0;
    for (nfds_t i = 0; i < asked_count; ++i) {
        if (asked[i].revents & POLLNVAL) {
            errno = EBADF;
            return -1;
        }
        ready += keep(asked[i].fd, readable, asked[i].revents & (POLLIN | POLLHUP));
        ready += keep(asked[i].fd, writable, asked[i].revents & (POLLOUT | POLLERR));
        ready += keep(asked[i].fd, exceptional, asked[i].revents & POLLPRI);
    }
    return ready;
}

int select(int count, fd_set *restrict readable, fd_set *restrict writable, fd_set *restrict exceptional,
           struct timeval *restrict timeout) {
    unsigned long long cycles = kForEver;
    if (timeout != NULL) {
        if (timeout->tv_sec < 0 || timeout->tv_usec < 0) {
            errno = EINVAL;
            return -1;
        }
        cycles = (unsigned long long)timeout->tv_sec * MICROSECONDS_PER_SECOND + (unsigned long long)timeout->tv_usec;
    }
    return select_for(count, readable, writable, exceptional, cycles, NULL);
}

int pselect(int count, fd_set *restrict readable, fd_set *restrict writable, fd_set *restrict exceptional,
            const struct timespec *restrict timeout, const sigset_t *restrict mask) {
    unsigned long long cycles;
    if (!cycles_of(timeout, &cycles)) return -1;
    return select_for(count, readable, writable, exceptional, cycles, mask);
}
