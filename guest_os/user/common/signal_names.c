#include "signal_names.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *name;
    int number;
} signals[] = {{"HUP", SIGHUP},   {"INT", SIGINT},   {"QUIT", SIGQUIT}, {"ILL", SIGILL},   {"TRAP", SIGTRAP},
               {"ABRT", SIGABRT}, {"BUS", SIGBUS},   {"FPE", SIGFPE},   {"KILL", SIGKILL}, {"USR1", SIGUSR1},
               {"SEGV", SIGSEGV}, {"USR2", SIGUSR2}, {"PIPE", SIGPIPE}, {"ALRM", SIGALRM}, {"TERM", SIGTERM},
               {"CHLD", SIGCHLD}, {"CONT", SIGCONT}, {"STOP", SIGSTOP}, {"TSTP", SIGTSTP}, {"TTIN", SIGTTIN},
               {"TTOU", SIGTTOU}, {"URG", SIGURG},   {"XCPU", SIGXCPU}, {"XFSZ", SIGXFSZ}, {"WINCH", SIGWINCH},
               {"STKFLT", SIGSTKFLT}, {"VTALRM", SIGVTALRM}, {"PROF", SIGPROF}, {"IO", SIGIO}, {"PWR", SIGPWR},
               {"SYS", SIGSYS}};
enum { SIGNAL_COUNT = sizeof signals / sizeof signals[0] };

int signal_of_name(const char *name) {
    if (isdigit((unsigned char)name[0])) {
        const int number = atoi(name);
        return number < NSIG ? number : -1;
    }
    if (strncmp(name, "SIG", 3) == 0) name += 3;
    for (int i = 0; i < SIGNAL_COUNT; ++i) {
        if (strcasecmp(name, signals[i].name) == 0) return signals[i].number;
    }
    return -1;
}

const char *name_of_signal(int signal) {
    static char digits[12];
    for (int i = 0; i < SIGNAL_COUNT; ++i) {
        if (signals[i].number == signal) return signals[i].name;
    }
    snprintf(digits, sizeof digits, "%d", signal);
    return digits;
}

void list_signals(const char *which) {
    if (which != NULL && isdigit((unsigned char)which[0])) {
        printf("%s\n", name_of_signal(atoi(which) & 0x7F));
    } else if (which != NULL) {
        printf("%d\n", signal_of_name(which));
    } else {
        for (int i = 0; i < SIGNAL_COUNT; ++i) printf("%2d %s\n", signals[i].number, signals[i].name);
    }
}
