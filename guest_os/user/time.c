// time command [argument...]: runs a command and tells how long it took, in the machine's cycles. A million of them
// count as a second.

#include <errno.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/lines.h"

int main(int argc, char *argv[]) {
    if (argc < 2) {
        fprintf(stderr, "usage: time command [argument...]\n");
        return 125;
    }
    unsigned long long before, after;
    clock_cycles(&before);
    const pid_t child = fork();
    if (child < 0) return report("time", argv[1]);
    if (child == 0) {
        execvp(argv[1], argv + 1);
        const int status = errno == ENOENT ? 127 : 126;
        report("time", argv[1]);
        _exit(status);
    }
    int status;
    waitpid(child, &status, 0);
    clock_cycles(&after);
    const unsigned long long cycles = after - before;
    fprintf(stderr, "%llu.%06llu seconds, %llu cycles\n", cycles / 1000000, cycles % 1000000, cycles);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
