// time [-p] command [argument...]: runs a command and tells how long it took: by the clock, in user mode, and in the kernel.
// A million of the machine's cycles count as a second.

#include <errno.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/lines.h"

static void show(const char *name, unsigned long long microseconds) {
    fprintf(stderr, "%s %llu.%06llu\n", name, microseconds / 1000000, microseconds % 1000000);
}

static unsigned long long microseconds_of(struct timeval time) {
    return (unsigned long long)time.tv_sec * 1000000 + (unsigned long long)time.tv_usec;
}

int main(int argc, char *argv[]) {
    bool wrong = false;
    for (int option; (option = getopt(argc, argv, "+p")) != -1;) wrong = wrong || option == '?';  // -p: as it is anyway
    if (wrong || optind == argc) {
        fprintf(stderr, "usage: time [-p] command [argument...]\n");
        return 125;
    }
    char **command = argv + optind;
    unsigned long long before, after;
    clock_cycles(&before);
    const pid_t child = fork();
    if (child < 0) return report("time", command[0]);
    if (child == 0) {
        execvp(command[0], command);
        const int status = errno == ENOENT ? 127 : 126;
        report("time", command[0]);
        _exit(status);
    }
    int status;
    waitpid(child, &status, 0);
    clock_cycles(&after);
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    show("real", after - before);
    show("user", microseconds_of(used.ru_utime));
    show("sys", microseconds_of(used.ru_stime));
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
