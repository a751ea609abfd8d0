// exec_wait: runs another program and reads what it prints, through a pipe.

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int ends[2];
    if (pipe(ends) < 0) {
        perror("pipe");
        return 1;
    }
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);  // what the program prints goes into the pipe
        close(ends[0]);
        close(ends[1]);
        char *arguments[] = {"echo", "captured", "words", NULL};
        execvp(arguments[0], arguments);
        perror(arguments[0]);  // only if it could not be started
        _exit(127);
    }
    close(ends[1]);  // else the end of the output would never be seen
    char text[100];
    ssize_t count, length = 0;
    while ((count = read(ends[0], text + length, sizeof text - 1 - (size_t)length)) > 0) length += count;
    text[length] = '\0';
    int status;
    waitpid(child, &status, 0);
    printf("it said: %sand ended with status %d\n", text, WEXITSTATUS(status));
    return 0;
}
