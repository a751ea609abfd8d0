// workload [options] JOB...: an experiment with scheduling. Starts the jobs, and prints what the kernel has counted.
//     JOB     BURN[/IO/BURN]...[@ARRIVAL][xTICKETS]: computes so many units, blocks, computes, ... (see <sys/job.h>)
//     -p P    the policy, by name (the one in force)
//     -q N    the quantum in units; for mlfq a list, one for each level: -q 1,2,4 (what is in force; mlfq: 1,2,4)
//     -a N    mlfq: quanta in the allotment of each level, a list as well (1,1,1)
//     -b N    mlfq: units from boost to boost (0: never)
//     -s N    seed of the lottery (1)
//     -u N    instructions of a unit (1000)
// Policy and quantum that were in force come back in the end. Under the book clock (peach run --clock book) the numbers are those of
// the textbook; under the real one, they show what switching costs.

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/job.h>
#include <sys/process_status.h>
#include <sys/wait.h>
#include <unistd.h>

#define JOBS_MAX 40
#define PREPARATION 40  // units in which the policy is chosen, when all jobs are already waiting to arrive

struct entry {
    struct job job;
    unsigned arrival, tickets;
    int pid;
    struct process_status result;
};

static struct entry entries[JOBS_MAX];
static int entry_count;

static struct {
    int policy;
    unsigned unit;
    struct sched_settings settings;
} chosen = {.policy = -1, .unit = JOB_UNIT};

static _Noreturn void die(const char *what, const char *text) {
    fprintf(stderr, "workload: %s: %s\n", text, what);
    exit(2);
}

// ---- the command line ----

// The number at `at`, which goes behind it; `whole` is what the person wrote.
static unsigned number(char **at, const char *whole) {
    char *end;
    const unsigned long value = strtoul(*at, &end, 10);
    if (**at < '0' || **at > '9') die("a number is missing", whole);
    if (value > 1000000) die("a number is too large: 1000000 at most", whole);
    *at = end;
    return (unsigned)value;
}

static unsigned whole_number(char *text) {
    char *at = text;
    const unsigned value = number(&at, text);
    if (*at != '\0') die("not a number", text);
    return value;
}

static int policy_of(char *name) {
    for (int i = 0; i < POLICY_COUNT; i++) {
        if (strcmp(name, sched_policy_names[i]) == 0) return i;
    }
    die("no such policy: see sched list", name);
}

static unsigned number_list(char *text, uint32_t *list, unsigned unit) {
    unsigned count = 0;
    for (char *at = text;; at++) {
        if (count == MLFQ_LEVELS_MAX) die("too many levels", text);
        list[count++] = number(&at, text) * unit;
        if (*at == '\0') return count;
        if (*at != ',') die("expected numbers with commas between them", text);
    }
}

static void add_job(char *text) {
    if (entry_count == JOBS_MAX) die("too many jobs", text);
    struct entry *e = &entries[entry_count++];
    char *at = text;
    e->tickets = TICKETS_DEFAULT;
    for (;; at++) {
        if (e->job.count == JOB_PHASES_MAX) die("too many phases", text);
        e->job.units[e->job.count++] = number(&at, text);
        if (*at != '/') break;
    }
    if (*at == '@') {
        at++;
        e->arrival = number(&at, text);
    }
    if (*at == 'x') {
        at++;
        e->tickets = number(&at, text);
    }
    if (*at != '\0') die("expected BURN[/IO/BURN]...[@ARRIVAL][xTICKETS]", text);
}

static void read_command_line(int argc, char *argv[]) {
    char *quanta = NULL;
    char default_quanta[] = "1,2,4";
    sched_settings(NULL, &chosen.settings);
    chosen.settings.boost_cycles = 0;
    unsigned boost = 0;
    for (int option; (option = getopt(argc, argv, "p:q:a:b:s:u:")) != -1;) {
        switch (option) {
            case 'p': chosen.policy = policy_of(optarg); break;
            case 'q': quanta = optarg; break;
            case 'a': number_list(optarg, chosen.settings.mlfq_allotment, 1); break;
            case 'b': boost = whole_number(optarg); break;
            case 's': chosen.settings.seed = whole_number(optarg); break;
            case 'u': chosen.unit = whole_number(optarg); break;
            default: exit(2);
        }
    }
    if (chosen.unit < 500 || chosen.unit % 2 != 0) die("a unit is an even number from 500 on", "-u");
    if (chosen.policy < 0) chosen.policy = sched(-1, -1);
    chosen.settings.boost_cycles = boost * chosen.unit;
    if (chosen.policy == POLICY_MLFQ) {
        if (quanta == NULL) quanta = default_quanta;
        chosen.settings.mlfq_levels = number_list(quanta, chosen.settings.mlfq_quantum, chosen.unit);
    } else if (quanta != NULL) {
        chosen.settings.quantum_cycles = whole_number(quanta) * chosen.unit;
    }
    for (; optind < argc; optind++) add_job(argv[optind]);
    if (entry_count == 0) die("no job was named: workload -p rr -q 1 5 10 15", "usage");
}

// ---- the experiment ----

static unsigned long long now(void) {
    unsigned long long cycles;
    clock_cycles(&cycles);
    return cycles;
}

static void sleep_until(unsigned long long cycle) {
    const unsigned long long time = now();
    if (cycle > time) sleep_cycles((unsigned)(cycle - time), (unsigned)((cycle - time) >> 32));
}

static void start_job(struct entry *e, unsigned long long origin) {
    e->pid = fork();
    if (e->pid < 0) {
        perror("workload: fork");
        exit(1);
    }
    if (e->pid > 0) return;
    struct sched_parameters p;
    sched_parameters(0, NULL, &p);
    p.length_cycles = (unsigned long long)job_length(&e->job) * chosen.unit;
    p.tickets = e->tickets;
    if (sched_parameters(0, &p, NULL) < 0) die("tickets: from 1 to 1,000,000", "x");
    job_run(&e->job, chosen.unit, origin + (unsigned long long)e->arrival * chosen.unit);
}

// Every job holds the writing end of a pipe; so its reader wakes only when the last job has ended, and disturbs none.
static void run_jobs(unsigned long long *origin) {
    int ends[2];
    char byte;
    if (pipe(ends) < 0) die("cannot be made", "pipe");
    *origin = now() + 200000ull * (unsigned)entry_count + 2ull * PREPARATION * chosen.unit;
    for (int i = 0; i < entry_count; i++) start_job(&entries[i], *origin);
    close(ends[1]);
    sleep_until(*origin - PREPARATION * chosen.unit);
    struct sched_settings before;
    chosen.settings.boost_from = *origin;
    if (sched_settings(&chosen.settings, &before) < 0) die("impossible", "settings of the policy");
    sched(chosen.policy, -1);
    while (read(ends[0], &byte, 1) != 0) {
    }
    sched_settings(&before, NULL);
}

// What the process table still knows of a job that has ended, until somebody waits for it.
static void collect(struct entry *e) {
    struct process_status status;
    do {
        int used = 0;
        for (int slot = 0; used >= 0; slot++) {
            used = process_status(slot, &status);
            if (used == 1 && status.pid == e->pid) break;
        }
        if (used < 0) die("is gone", "job");
        if (status.state != ZOMBIE) sched_yield();
    } while (status.state != ZOMBIE);
    e->result = status;
    waitpid(e->pid, NULL, 0);
}

// ---- the results ----

// Units with two decimals, rounded.
static void print_units(const char *format, unsigned long long cycles, unsigned long long divisor) {
    char text[24];
    const unsigned long long hundredths = (cycles * 200 / divisor + 1) / 2;
    snprintf(text, sizeof text, "%llu.%02llu", hundredths / 100, hundredths % 100);
    printf(format, text);
}

static void print_results(unsigned long long origin) {
    unsigned long long response = 0, turnaround = 0, wait = 0;
    printf("policy %s, unit %u\n", sched_policy_names[chosen.policy], chosen.unit);
    printf("job  arrival   length    first-run   completion    response  turnaround        wait\n");
    for (int i = 0; i < entry_count; i++) {
        const struct process_status *s = &entries[i].result;
        printf("%3d %8u %8u", i + 1, entries[i].arrival, job_length(&entries[i].job));
        print_units(" %12s", s->first_run_cycle - origin, chosen.unit);
        print_units(" %12s", s->state_cycle - origin, chosen.unit);
        print_units(" %11s", s->first_run_cycle - s->arrival_cycle, chosen.unit);
        print_units(" %11s", s->state_cycle - s->arrival_cycle, chosen.unit);
        print_units(" %11s\n", s->ready_cycles, chosen.unit);
        response += s->first_run_cycle - s->arrival_cycle;
        turnaround += s->state_cycle - s->arrival_cycle;
        wait += s->ready_cycles;
    }
    const unsigned long long divisor = (unsigned long long)chosen.unit * (unsigned)entry_count;
    print_units("average response %s,", response, divisor);
    print_units(" turnaround %s,", turnaround, divisor);
    print_units(" wait %s\n", wait, divisor);
}

int main(int argc, char *argv[]) {
    read_command_line(argc, argv);
    const int policy_before = sched(-1, -1);
    unsigned long long origin;
    run_jobs(&origin);
    for (int i = 0; i < entry_count; i++) collect(&entries[i]);
    sched(policy_before, -1);
    print_results(origin);
    return 0;
}
