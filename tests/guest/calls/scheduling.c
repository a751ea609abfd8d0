// Scheduling: choosing, declaring, sleeping, and what is counted.

#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/process_status.h>
#include <sys/resource.h>
#include <time.h>

#include "check.h"

int job_start(unsigned low, unsigned high);

static unsigned long long time_now(void) {
    unsigned long long cycles;
    clock_cycles(&cycles);
    return cycles;
}

static void every_policy(void) {
    struct sched_settings settings;
    const int before = sched(-1, -1);
    CHECK(sched_settings(NULL, &settings) == 0);
    for (int policy = 0; policy < POLICY_COUNT; policy++) {
        CHECK(sched(policy, 5000 + policy) == policy && sched(-1, -1) == policy);
        sched_yield();
        usleep(1000);
    }
    CHECK(FAILS(sched(POLICY_COUNT, -1), EINVAL) && FAILS(sched(-2, -1), EINVAL) && FAILS(sched(-1, 1), EINVAL));
    CHECK(sched(before, (int)settings.quantum_cycles) == before);
}

static void parameters(void) {
    struct sched_parameters old, set = {.length_cycles = 5000, .tickets = 40, .nice = 0}, now;
    CHECK(sched_parameters(0, &set, &old) == 0 && old.length_cycles == 0 && old.tickets == TICKETS_DEFAULT);
    CHECK(sched_parameters(getpid(), NULL, &now) == 0 && now.length_cycles == 5000 && now.tickets == 40);
    set.tickets = 0;
    CHECK(FAILS(sched_parameters(0, &set, NULL), EINVAL));
    CHECK(FAILS(sched_parameters(30000, NULL, &now), ESRCH));
    CHECK(sched_parameters(0, &old, NULL) == 0);
}

static void settings_of_policies(void) {
    struct sched_settings old, set;
    CHECK(sched_settings(NULL, &old) == 0);
    set = old;
    set.mlfq_levels = 0;
    CHECK(FAILS(sched_settings(&set, NULL), EINVAL));
    set.mlfq_levels = 2;
    set.seed = 77;
    CHECK(sched_settings(&set, NULL) == 0 && sched_settings(&old, &set) == 0 && set.seed == 77 && set.mlfq_levels == 2);
}

static void sleeping(void) {
    const unsigned long long start = time_now();
    CHECK(sleep_cycles(3000, 0) == 0 && time_now() >= start + 3000);
    const struct timespec moment = {0, 2000000};
    CHECK(nanosleep(&moment, NULL) == 0 && time_now() >= start + 5000);
}

// Accounts begin at the arrival that a job declares.
static int arrive(void) {
    struct process_status status;
    const unsigned long long arrival = time_now() + 40000;
    CHECK(job_start((unsigned)arrival, (unsigned)(arrival >> 32)) == 0 && time_now() >= arrival);
    for (int slot = 0; process_status(slot, &status) >= 0; slot++) {
        if (status.pid == getpid()) CHECK(status.arrival_cycle == arrival && status.first_run_cycle >= arrival);
        if (status.pid == getpid()) return broken_promises;
    }
    return 99;
}

static int spin_a_little(void) {
    for (volatile int i = 0; i < 20000; i++) continue;
    return 0;
}

static void accounts(void) {
    struct rusage before, after;
    getrusage(RUSAGE_CHILDREN, &before);
    CHECK(in_child(spin_a_little) == 0);
    getrusage(RUSAGE_CHILDREN, &after);
    const long spent = (after.ru_utime.tv_sec - before.ru_utime.tv_sec) * 1000000 + after.ru_utime.tv_usec - before.ru_utime.tv_usec;
    CHECK(spent >= 20000);
    struct process_status status;
    CHECK(process_status(0, &status) == 1 && status.pid == 1 && strcmp(status.name, "init") == 0);
    CHECK(FAILS(process_status(-1, &status), EINVAL) && FAILS(process_status(PROCESS_COUNT, &status), EINVAL));
}

int main(void) {
    every_policy();
    parameters();
    settings_of_policies();
    sleeping();
    CHECK(in_child(arrive) == 0);
    accounts();
    return report();
}
