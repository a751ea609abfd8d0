// What a process has used, and how nice it is.

#include <errno.h>
#include <peach/scheduling.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <unistd.h>

enum { CYCLES_PER_MICROSECOND = 1, MICROSECONDS_PER_SECOND = 1000000, CYCLES_PER_TICK = 10000 };

int usage(int who, struct process_usage *usage);
int sched_parameters(int pid, const struct sched_parameters *set, struct sched_parameters *old);

static struct timeval time_of(unsigned long long cycles) {
    const unsigned long long microseconds = cycles / CYCLES_PER_MICROSECOND;
    return (struct timeval){(time_t)(microseconds / MICROSECONDS_PER_SECOND), (long)(microseconds % MICROSECONDS_PER_SECOND)};
}

int getrusage(int who, struct rusage *result) {
    struct process_usage used;
    if (usage(who, &used) < 0) return -1;
    *result = (struct rusage){.ru_utime = time_of(used.user_cycles),
                              .ru_stime = time_of(used.run_cycles - used.user_cycles),
                              .ru_minflt = (long)used.minor_faults,
                              .ru_majflt = (long)used.major_faults,
                              .ru_nvcsw = (long)(used.switches - used.preemptions),
                              .ru_nivcsw = (long)used.preemptions};
    return 0;
}

clock_t times(struct tms *used) {
    struct process_usage self, children;
    unsigned long long now;
    if (usage(RUSAGE_SELF, &self) < 0 || usage(RUSAGE_CHILDREN, &children) < 0) return -1;
    *used = (struct tms){.tms_utime = (clock_t)(self.user_cycles / CYCLES_PER_TICK),
                         .tms_stime = (clock_t)((self.run_cycles - self.user_cycles) / CYCLES_PER_TICK),
                         .tms_cutime = (clock_t)(children.user_cycles / CYCLES_PER_TICK),
                         .tms_cstime = (clock_t)((children.run_cycles - children.user_cycles) / CYCLES_PER_TICK)};
    clock_cycles(&now);
    return (clock_t)(now / CYCLES_PER_TICK);
}

int getpriority(int which, int who) {
    struct sched_parameters old;
    if (which != PRIO_PROCESS) {
        errno = EINVAL;
        return -1;
    }
    return sched_parameters(who, NULL, &old) < 0 ? -1 : old.nice;
}

int setpriority(int which, int who, int nice_value) {
    struct sched_parameters set;
    if (which != PRIO_PROCESS) {
        errno = EINVAL;
        return -1;
    }
    if (sched_parameters(who, NULL, &set) < 0) return -1;
    set.nice = nice_value < -20 ? -20 : nice_value > 19 ? 19 : nice_value;
    return sched_parameters(who, &set, NULL);
}

int nice(int increment) {
    if (setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + increment) < 0) {
        if (errno == EACCES) errno = EPERM;
        return -1;
    }
    return getpriority(PRIO_PROCESS, 0);
}
