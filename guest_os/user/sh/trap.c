// trap: commands that run when a signal comes, or when the shell ends (EXIT, number 0).

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../common/signal_names.h"
#include "interactive.h"
#include "shell.h"

static char *actions[NSIG];  // NULL: default; "": ignored
static volatile sig_atomic_t arrived[NSIG], any_arrived;

static void note_arrival(int signal) {
    arrived[signal] = 1;
    any_arrived = signal;
}

int pending_trap(void) { return any_arrived; }

// Without SA_RESTART: what waits is to come back, so that the trap runs.
static void catch_signal(int number, sighandler_t handler) {
    const struct sigaction action = {.sa_handler = handler};
    sigaction(number, &action, NULL);
}

static void set_action(int number, const char *action) {
    free(actions[number]);
    actions[number] = action != NULL ? must_have(strdup(action)) : NULL;
    if (number == 0) return;
    if (action == NULL && shell.interactive && number == SIGINT) catch_interrupts();
    else if (action == NULL) signal(number, SIG_DFL);
    else catch_signal(number, *action == '\0' ? SIG_IGN : note_arrival);
}

void forget_traps(void) {
    for (int i = 0; i < NSIG; ++i) {
        if (actions[i] != NULL && (i == 0 || *actions[i] != '\0')) set_action(i, NULL);
    }
}

void run_pending_traps(void) {
    while (any_arrived) {
        any_arrived = 0;
        for (int i = 1; i < NSIG; ++i) {
            if (!arrived[i]) continue;
            arrived[i] = 0;
            const int kept = shell.status;
            if (actions[i] != NULL) run_text(actions[i]);
            shell.status = kept;
        }
    }
}

void run_exit_trap(void) {
    char *action = actions[0];
    actions[0] = NULL;
    if (action == NULL) return;
    const int kept = shell.status;
    shell.skip = NO_SKIP;
    run_text(action);
    shell.status = kept;
    free(action);
}

static void print_quoted(const char *text) {
    putchar('\'');
    for (; *text; ++text) {
        if (*text == '\'') fputs("'\\''", stdout);
        else putchar(*text);
    }
    putchar('\'');
}

static void list_traps(void) {
    for (int i = 0; i < NSIG; ++i) {
        if (actions[i] == NULL) continue;
        fputs("trap -- ", stdout);
        print_quoted(actions[i]);
        printf(" %s\n", i == 0 ? "EXIT" : name_of_signal(i));
    }
}

static int number_of(const char *name) {
    return strcmp(name, "EXIT") == 0 || strcmp(name, "0") == 0 ? 0 : signal_of_name(name);
}

int builtin_trap(int argc, char **argv) {
    int first = 1;
    if (argc > first && strcmp(argv[first], "--") == 0) ++first;
    if (argc == first) {
        list_traps();
        return 0;
    }
    const char *action = argv[first];
    const bool reset = strcmp(action, "-") == 0 || argc == first + 1;
    if (argc > first + 1) ++first;
    int status = 0;
    for (int i = first; i < argc; ++i) {
        const int number = number_of(argv[i]);
        if (number < 0 || number >= NSIG) {
            complain("trap: %s: bad trap", argv[i]);
            status = 1;
        } else {
            set_action(number, reset ? NULL : action);
        }
    }
    return status;
}
