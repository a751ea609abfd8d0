// Clocks and sleeping. The kernel counts cycles; a million of them are a second of the guest's time.

#include "thread.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { CYCLES_PER_MICROSECOND = 1, MICROSECONDS_PER_SECOND = 1000000 };

int usage(int who, struct process_usage *usage);

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

static unsigned long long processor_microseconds(void) {
    struct process_usage used = {0};
    usage(RUSAGE_SELF, &used);
    return used.run_cycles / CYCLES_PER_MICROSECOND;
}

clock_t clock(void) { return (clock_t)processor_microseconds(); }

int clock_gettime(clockid_t id, struct timespec *now) {
    if (id != CLOCK_MONOTONIC_RAW && (id < CLOCK_REALTIME || id > CLOCK_PROCESS_CPUTIME_ID)) {
        errno = EINVAL;
        return -1;
    }
    const unsigned long long total = id == CLOCK_PROCESS_CPUTIME_ID ? processor_microseconds() : microseconds();
    now->tv_sec = (time_t)(total / MICROSECONDS_PER_SECOND);
    now->tv_nsec = (long)(total % MICROSECONDS_PER_SECOND) * 1000;
    return 0;
}

int clock_getres(clockid_t id, struct timespec *resolution) {
    struct timespec now;
    if (clock_gettime(id, &now) < 0) return -1;
    if (resolution) *resolution = (struct timespec){.tv_nsec = 1000};
    return 0;
}

int timespec_get(struct timespec *now, int base) {
    return base == TIME_UTC && clock_gettime(CLOCK_REALTIME, now) == 0 ? base : 0;
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

// Until a moment, or as nanosleep() for so long: both clocks count from the machine's start.
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left) {
    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) return EINVAL;
    if (flags != TIMER_ABSTIME) return nanosleep(time, left) == 0 ? 0 : errno;
    unsigned long long end;
    if (time->tv_sec < 0 || __limit_of(time, &end) != 0) return EINVAL;
    return sleep_until(end) == 0 ? 0 : errno;
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
