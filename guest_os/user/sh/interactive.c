#include "interactive.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "editor.h"
#include "jobs.h"
#include "shell.h"

static volatile sig_atomic_t interrupts;

static void note_interrupt(int signal) {
    (void)signal;
    interrupts = 1;
}

// ^C while the shell itself is at work, in a loop of builtins for example.
void check_interrupt(void) {
    if (!interrupts || !shell.interactive) return;
    interrupts = 0;
    interrupt_command();
}

// Without SA_RESTART: what waits for a key comes back.
void catch_interrupts(void) {
    const struct sigaction on_interrupt = {.sa_handler = note_interrupt};
    sigaction(SIGINT, &on_interrupt, NULL);
}

void become_interactive(void) {
    catch_interrupts();
    signal(SIGQUIT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGTSTP, SIG_IGN);
    signal(SIGTTIN, SIG_IGN);
    signal(SIGTTOU, SIG_IGN);
    shell.job_control = take_terminal();
}

char *read_command_line(bool continuing, bool *interrupted) {
    if (!continuing) report_jobs();
    const char *prompt = value_of(continuing ? "PS2" : "PS1");
    if (prompt == NULL) prompt = continuing ? "> " : "$ ";
    fflush(stdout);
    for (;;) {
        char *line = edit_line(prompt, interrupted);
        if (line == NULL) return NULL;
        char *expanded = expand_history(line);
        free(line);
        if (expanded == NULL) continue;
        remember_line(expanded);
        return expanded;
    }
}
