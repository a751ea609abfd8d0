// sched [policy [quantum]]: shows or chooses the scheduling policy ("rr", "fifo" or a number) and the quantum in
// cycles. "-" leaves one as it is.

#include <ctype.h>
#include <peach/abi.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int number;
} policies[] = {{"rr", POLICY_ROUND_ROBIN}, {"fifo", POLICY_FIFO}};
enum { POLICY_COUNT = sizeof policies / sizeof policies[0] };

static int policy_of(const char *text) {
    if (strcmp(text, "-") == 0) return -1;
    if (isdigit((unsigned char)text[0])) return atoi(text);
    for (int i = 0; i < POLICY_COUNT; ++i) {
        if (strcmp(text, policies[i].name) == 0) return policies[i].number;
    }
    fprintf(stderr, "sched: %s: no such policy: choose from", text);
    for (int i = 0; i < POLICY_COUNT; ++i) fprintf(stderr, " %s", policies[i].name);
    fprintf(stderr, "\n");
    exit(1);
}

int main(int argc, char *argv[]) {
    const int policy = argc > 1 ? policy_of(argv[1]) : -1;
    const int quantum = argc > 2 && strcmp(argv[2], "-") != 0 ? atoi(argv[2]) : -1;
    const int in_force = sched(policy, quantum);
    if (in_force < 0) {
        perror("sched");
        return 1;
    }
    for (int i = 0; i < POLICY_COUNT; ++i) {
        if (policies[i].number == in_force) printf("%s\n", policies[i].name);
    }
    return 0;
}
