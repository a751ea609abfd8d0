// A command at the other end of a FILE.

#include "file.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

FILE *popen(const char *command, const char *mode) {
    const int reads = mode[0] == 'r';
    int ends[2];
    if (pipe(ends) < 0) return NULL;
    const int ours = reads ? ends[0] : ends[1], theirs = reads ? ends[1] : ends[0];
    const pid_t child = fork();
    if (child == 0) {
        dup2(theirs, reads ? STDOUT_FILENO : STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(theirs);
    FILE *file = child < 0 ? NULL : fdopen(ours, mode);
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
    int status;
    return waitpid(child, &status, 0) < 0 ? -1 : status;
}
