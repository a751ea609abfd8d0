// sched: the scheduling policy in force, and the quantum.
//     sched POLICY [QUANTUM]              chooses a policy, by name or number, and a quantum in cycles; "-" leaves one as it is
//     sched tickets|nice|length PID [N]   what a process has, or shall have (length: in cycles)
//     sched levels N [BOOST]              how many levels MLFQ has, and every how many cycles all go up (0: never)
//     sched list                          the policies

#include <ctype.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const char *what) {
    perror(what);
    return 1;
}

static int policy_of(const char *text) {
    if (strcmp(text, "-") == 0) return -1;
    if (isdigit((unsigned char)text[0])) return atoi(text);
    for (int i = 0; i < POLICY_COUNT; ++i) {
        if (strcmp(text, sched_policy_names[i]) == 0) return i;
    }
    fprintf(stderr, "sched: %s: no such policy: choose from", text);
    for (int i = 0; i < POLICY_COUNT; ++i) fprintf(stderr, " %s", sched_policy_names[i]);
    fprintf(stderr, "\n");
    exit(1);
}

static int choose(int argc, char *argv[]) {
    const int policy = argc > 1 ? policy_of(argv[1]) : -1;
    const int quantum = argc > 2 && strcmp(argv[2], "-") != 0 ? atoi(argv[2]) : -1;
    const int in_force = sched(policy, quantum);
    if (in_force < 0) return fail("sched");
    struct sched_settings s;
    sched_settings(NULL, &s);
    printf("%s, quantum %u\n", sched_policy_names[in_force], (unsigned)s.quantum_cycles);
    return 0;
}

static int list(void) {
    static const char *const sentences[] = {
#define POLICY(number, constant, name, object, sentence) [number] = sentence,
#include <peach/policies.inc>
#undef POLICY
    };
    for (int i = 0; i < POLICY_COUNT; ++i) printf("%d %-8s %s\n", i, sched_policy_names[i], sentences[i]);
    return 0;
}

static int parameter(int argc, char *argv[]) {
    if (argc < 3) {
        fprintf(stderr, "usage: sched tickets|nice|length PID [N]\n");
        return 2;
    }
    const int pid = atoi(argv[2]);
    struct sched_parameters p;
    if (sched_parameters(pid, NULL, &p) < 0) return fail("sched");
    if (argc > 3) {
        const long long value = strtoll(argv[3], NULL, 0);
        if (strcmp(argv[1], "tickets") == 0) p.tickets = (unsigned)value;
        if (strcmp(argv[1], "nice") == 0) p.nice = (int)value;
        if (strcmp(argv[1], "length") == 0) p.length_cycles = (unsigned long long)value;
        if (sched_parameters(pid, &p, NULL) < 0 || sched_parameters(pid, NULL, &p) < 0) return fail("sched");
    }
    printf("tickets %u, nice %d, length %llu\n", p.tickets, p.nice, (unsigned long long)p.length_cycles);
    return 0;
}

static int levels(int argc, char *argv[]) {
    struct sched_settings s;
    if (sched_settings(NULL, &s) < 0) return fail("sched");
    s.mlfq_levels = (unsigned)atoi(argv[2]);
    if (argc > 3) s.boost_cycles = (unsigned)atoi(argv[3]);
    if (sched_settings(&s, NULL) < 0) return fail("sched");
    return 0;
}

int main(int argc, char *argv[]) {
    const char *word = argc > 1 ? argv[1] : "";
    if (strcmp(word, "list") == 0) return list();
    if (strcmp(word, "tickets") == 0 || strcmp(word, "nice") == 0 || strcmp(word, "length") == 0) {
        return parameter(argc, argv);
    }
    if (strcmp(word, "levels") == 0 && argc > 2) return levels(argc, argv);
    return choose(argc, argv);
}
