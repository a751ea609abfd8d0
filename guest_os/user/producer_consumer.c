// producer_consumer: two children and a pipe between them: seq 1000 | wc -l, as a shell does it.

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t start(char *arguments[], int ends[2], int end, int descriptor) {
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[end], descriptor);
        close(ends[0]);
        close(ends[1]);
        execvp(arguments[0], arguments);
        perror(arguments[0]);
        _exit(127);
    }
    return child;
}

int main(void) {
    int ends[2], status[2];
    char *producer[] = {"seq", "1000", NULL}, *consumer[] = {"wc", "-l", NULL};
    if (pipe(ends) < 0) {
        perror("pipe");
        return 1;
    }
    const pid_t first = start(producer, ends, 1, STDOUT_FILENO), second = start(consumer, ends, 0, STDIN_FILENO);
    close(ends[0]);
    close(ends[1]);  // the consumer sees the end when the last writer has closed
    waitpid(first, &status[0], 0);
    waitpid(second, &status[1], 0);
    printf("producer %d, consumer %d\n", WEXITSTATUS(status[0]), WEXITSTATUS(status[1]));
    return 0;
}
