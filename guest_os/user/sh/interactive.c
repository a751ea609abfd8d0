#include "interactive.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "jobs.h"
#include "shell.h"

void become_interactive(void) {
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGTSTP, SIG_IGN);
    signal(SIGTTIN, SIG_IGN);
    signal(SIGTTOU, SIG_IGN);
    shell.job_control = take_terminal();
}

// What the terminal itself lets a person edit: backspace and ^U.
static char *read_plain_line(bool *interrupted) {
    size_t length = 0, room = 80;
    char *line = must_have(malloc(room));
    for (;;) {
        char c;
        const ssize_t count = read(STDIN_FILENO, &c, 1);
        if (count < 0 && errno == EINTR) {
            *interrupted = true;
            free(line);
            return NULL;
        }
        if (count != 1) break;
        if (length + 2 > room) line = must_have(realloc(line, room *= 2));
        line[length++] = c;
        if (c == '\n') break;
    }
    line[length] = '\0';
    if (length > 0) return line;
    free(line);
    return NULL;
}

char *read_command_line(bool continuing, bool *interrupted) {
    if (!continuing) report_jobs();
    const char *prompt = value_of(continuing ? "PS2" : "PS1");
    if (prompt == NULL) prompt = continuing ? "> " : "$ ";
    fflush(stdout);
    write(STDERR_FILENO, prompt, strlen(prompt));
    return read_plain_line(interrupted);
}
