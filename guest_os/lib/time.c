// Clocks and sleeping. The kernel counts cycles; a million of them are a second of the guest's time.

#include <errno.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { CYCLES_PER_MICROSECOND = 1, MICROSECONDS_PER_SECOND = 1000000 };

static unsigned long long microseconds(void) {
    unsigned long long cycles;
    clock_cycles(&cycles);
    return cycles / CYCLES_PER_MICROSECOND;
}

static int sleep_microseconds(unsigned long long duration) {
    const unsigned long long cycles = duration * CYCLES_PER_MICROSECOND;
    return sleep_cycles((unsigned)cycles, (unsigned)(cycles >> 32));
}

static unsigned long long left_until(unsigned long long end) {
    const unsigned long long now = microseconds();
    return now < end ? end - now : 0;
}

static int sleep_until(unsigned long long end) { return sleep_microseconds(left_until(end)); }

time_t time(time_t *seconds) {
    const time_t now = (time_t)(microseconds() / MICROSECONDS_PER_SECOND);
    if (seconds) *seconds = now;
    return now;
}

clock_t clock(void) { return (clock_t)microseconds(); }

int clock_gettime(clockid_t clock, struct timespec *now) {
    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) {
        errno = EINVAL;
        return -1;
    }
    const unsigned long long total = microseconds();
    now->tv_sec = (time_t)(total / MICROSECONDS_PER_SECOND);
    now->tv_nsec = (long)(total % MICROSECONDS_PER_SECOND) * 1000;
    return 0;
}

int nanosleep(const struct timespec *duration, struct timespec *left) {
    if (duration->tv_nsec < 0 || duration->tv_nsec >= 1000000000 || duration->tv_sec < 0) {
        errno = EINVAL;
        return -1;
    }
    const unsigned long long end = microseconds() + (unsigned long long)duration->tv_sec * MICROSECONDS_PER_SECOND +
                                   (unsigned)(duration->tv_nsec + 999) / 1000;
    if (sleep_until(end) == 0) return 0;
    if (left) {
        const unsigned long long rest = left_until(end);
        left->tv_sec = (time_t)(rest / MICROSECONDS_PER_SECOND);
        left->tv_nsec = (long)(rest % MICROSECONDS_PER_SECOND) * 1000;
    }
    return -1;
}

unsigned sleep(unsigned seconds) {
    const unsigned long long end = microseconds() + (unsigned long long)seconds * MICROSECONDS_PER_SECOND;
    if (sleep_until(end) == 0) return 0;
    return (unsigned)((left_until(end) + MICROSECONDS_PER_SECOND / 2) / MICROSECONDS_PER_SECOND);
}

int gettimeofday(struct timeval *now, void *zone) {
    (void)zone;
    const unsigned long long total = microseconds();
    now->tv_sec = (time_t)(total / MICROSECONDS_PER_SECOND);
    now->tv_usec = (long)(total % MICROSECONDS_PER_SECOND);
    return 0;
}

int usleep(unsigned duration) { return sleep_microseconds(duration); }
