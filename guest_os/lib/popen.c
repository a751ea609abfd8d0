// A command at the other end of a FILE.

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void become(const char *command, int theirs, int standard) {
    __close_other_ends();
    if (theirs != standard) {
        dup2(theirs, standard);
        close(theirs);
    }
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

FILE *popen(const char *command, const char *mode) {
    const bool reads = mode[0] == 'r';
    if ((!reads && mode[0] != 'w') || strspn(mode + 1, "e") != strlen(mode + 1)) {
        errno = EINVAL;
        return NULL;
    }
    int ends[2];
    if (pipe(ends) < 0) return NULL;
    const int ours = reads ? ends[0] : ends[1], theirs = reads ? ends[1] : ends[0];
    const pid_t child = fork();
    if (child == 0) {
        close(ours);
        become(command, theirs, reads ? STDOUT_FILENO : STDIN_FILENO);
    }
    close(theirs);
    if (mode[1] == 'e') fcntl(ours, F_SETFD, FD_CLOEXEC);
    FILE *file = child < 0 ? NULL : fdopen(ours, reads ? "r" : "w");
    if (file == NULL) {
        close(ours);
        return NULL;
    }
    file->child = child;
    return file;
}

int pclose(FILE *file) {
    const pid_t child = file->child;
    fclose(file);
    int status, waited;
    do waited = waitpid(child, &status, 0);
    while (waited < 0 && errno == EINTR);
    return waited < 0 ? -1 : status;
}
