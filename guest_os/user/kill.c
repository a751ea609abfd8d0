// kill [-SIGNAL] pid...: sends a signal, SIGTERM if none is named. SIGNAL is a number or a name such as KILL.
// kill -l lists the names.

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/signal_names.h"

int main(int argc, char *argv[]) {
    int signal = SIGTERM, first = 1;
    if (argc > 1 && strcmp(argv[1], "-l") == 0) {
        list_signals(NULL);
        return 0;
    }
    if (argc > 2 && strcmp(argv[1], "-s") == 0) {
        signal = signal_of_name(argv[2]);
        first = 3;
    } else if (argc > 1 && argv[1][0] == '-') {
        signal = signal_of_name(argv[1] + 1);
        first = 2;
    }
    if (signal < 0) {
        fprintf(stderr, "kill: %s: no such signal: kill -l lists them\n", argv[first - 1]);
        return 2;
    }
    if (first >= argc) {
        fprintf(stderr, "usage: kill [-SIGNAL | -s SIGNAL] pid..., kill -l\n");
        return 2;
    }
    int status = 0;
    for (int i = first; i < argc; ++i) {
        char *end;
        const long pid = strtol(argv[i], &end, 10);
        if (*end != '\0' || end == argv[i]) {
            fprintf(stderr, "kill: %s: not a process number\n", argv[i]);
            status = 1;
        } else if (kill((pid_t)pid, signal) < 0) {
            fprintf(stderr, "kill: %s: ", argv[i]);
            perror(NULL);
            status = 1;
        }
    }
    return status;
}
