// redirect_exec: the output of a command goes to a file because descriptor 1 is that file; then the file, which is a
// script, is executed, and read back.

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int run(char *arguments[], const char *output) {
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        if (output != NULL) {
            close(STDOUT_FILENO);
            open(output, O_WRONLY | O_CREAT | O_TRUNC, 0755);  // takes the lowest free descriptor: 1
        }
        execvp(arguments[0], arguments);
        perror(arguments[0]);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WEXITSTATUS(status);
}

int main(void) {
    char path[] = "/tmp/redirect_exec.sh";
    char *writes[] = {"echo", "#!/bin/sh\necho the script runs", NULL}, *runs[] = {path, NULL}, *reads[] = {"cat", path, NULL};
    printf("written: status %d\n", run(writes, path));
    chmod(path, 0755);
    printf("executed: status %d\n", run(runs, NULL));
    printf("read back: status %d\n", run(reads, NULL));
    return unlink(path) == 0 ? 0 : 1;
}
