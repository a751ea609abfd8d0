#include "substitute.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jobs.h"
#include "shell.h"

static _Noreturn void write_output(const struct node *command, const int ends[2]) {
    become_child(NULL, -1, FOREGROUND);
    if (ends[1] != STDOUT_FILENO) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[1]);
    }
    if (ends[0] != STDOUT_FILENO) close(ends[0]);
    run_in_this_process(command);
}

static void read_all(int descriptor, struct text *text) {
    char buffer[512];
    for (;;) {
        const ssize_t count = read(descriptor, buffer, sizeof buffer);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        for (ssize_t i = 0; i < count; ++i) {
            if (buffer[i] != '\0') append(text, buffer[i]);
        }
    }
}

const char *output_of(const struct node *command) {
    shell.substitution_status = 0;
    if (command == NULL) return "";
    int ends[2];
    if (pipe(ends) < 0) fail(2, "cannot make a pipe: %s", strerror(errno));
    fflush(stdout);
    const pid_t child = fork();
    if (child < 0) fail(2, "cannot fork: %s", strerror(errno));
    if (child == 0) write_output(command, ends);
    close(ends[1]);
    struct text text = {0};
    read_all(ends[0], &text);
    close(ends[0]);
    shell.substitution_status = wait_for_child(child);
    while (text.length > 0 && text.bytes[text.length - 1] == '\n') text.bytes[--text.length] = '\0';
    return text_of(&text);
}
