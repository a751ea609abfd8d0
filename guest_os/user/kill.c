// kill [-SIGNAL] pid...: sends a signal, SIGTERM if none is named. SIGNAL is a number or a name such as KILL.
// kill -l lists the names.

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int number;
} signals[] = {{"HUP", SIGHUP},   {"INT", SIGINT},   {"QUIT", SIGQUIT}, {"ILL", SIGILL},   {"TRAP", SIGTRAP},
               {"ABRT", SIGABRT}, {"BUS", SIGBUS},   {"FPE", SIGFPE},   {"KILL", SIGKILL}, {"USR1", SIGUSR1},
               {"SEGV", SIGSEGV}, {"USR2", SIGUSR2}, {"PIPE", SIGPIPE}, {"ALRM", SIGALRM}, {"TERM", SIGTERM},
               {"CHLD", SIGCHLD}, {"CONT", SIGCONT}, {"STOP", SIGSTOP}, {"TSTP", SIGTSTP}};
enum { SIGNAL_COUNT = sizeof signals / sizeof signals[0] };

static int signal_of(const char *text) {
    if (isdigit((unsigned char)text[0])) return atoi(text);
    if (strncmp(text, "SIG", 3) == 0) text += 3;
    for (int i = 0; i < SIGNAL_COUNT; ++i) {
        if (strcmp(text, signals[i].name) == 0) return signals[i].number;
    }
    return -1;
}

static int list_signals(void) {
    for (int i = 0; i < SIGNAL_COUNT; ++i) printf("%2d %s\n", signals[i].number, signals[i].name);
    return 0;
}

int main(int argc, char *argv[]) {
    int signal = SIGTERM, first = 1;
    if (argc > 1 && strcmp(argv[1], "-l") == 0) return list_signals();
    if (argc > 2 && strcmp(argv[1], "-s") == 0) {
        signal = signal_of(argv[2]);
        first = 3;
    } else if (argc > 1 && argv[1][0] == '-') {
        signal = signal_of(argv[1] + 1);
        first = 2;
    }
    if (signal < 0) {
        fprintf(stderr, "kill: %s: no such signal: kill -l lists them\n", argv[first - 1]);
        return 2;
    }
    if (first >= argc) {
        fprintf(stderr, "usage: kill [-SIGNAL] pid...\n");
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
