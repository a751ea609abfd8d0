// poll(), and select() as a way to write it.

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <sys/select.h>

enum { CYCLES_PER_MICROSECOND = 1, MICROSECONDS_PER_MILLISECOND = 1000 };

int __poll(struct pollfd *asked, unsigned count, unsigned low, unsigned high);

static int poll_for(struct pollfd *asked, nfds_t count, unsigned long long cycles) {
    return __poll(asked, count, (unsigned)cycles, (unsigned)(cycles >> 32));
}

int poll(struct pollfd *asked, nfds_t count, int milliseconds) {
    const unsigned long long cycles =
        milliseconds < 0 ? ~0ull : (unsigned long long)milliseconds * MICROSECONDS_PER_MILLISECOND * CYCLES_PER_MICROSECOND;
    return poll_for(asked, count, cycles);
}

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

int select(int count, fd_set *restrict readable, fd_set *restrict writable, fd_set *restrict exceptional,
           struct timeval *restrict timeout) {
    struct pollfd asked[FD_SETSIZE];
    nfds_t asked_count = 0;
    if (count < 0 || count > FD_SETSIZE || (timeout != NULL && (timeout->tv_sec < 0 || timeout->tv_usec < 0))) {
        errno = EINVAL;
        return -1;
    }
    for (int i = 0; i < count; ++i) {
        const short events = wanted(i, readable, writable, exceptional);
        if (events != 0) asked[asked_count++] = (struct pollfd){.fd = i, .events = events};
    }
    unsigned long long cycles = ~0ull;
    if (timeout != NULL) cycles = (unsigned long long)timeout->tv_sec * 1000000 + (unsigned long long)timeout->tv_usec;
    if (poll_for(asked, asked_count, cycles) < 0) return -1;
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
