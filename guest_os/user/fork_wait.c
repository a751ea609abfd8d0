// fork_wait: one process becomes two; the parent waits for the child and reads its exit status.

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    printf("parent: about to fork\n");
    fflush(stdout);  // else both would print what is still in the buffer
    const pid_t child = fork();
    if (child < 0) {
        perror("fork");
        return 1;
    }
    if (child == 0) {
        printf("child: I am the copy\n");
        exit(7);
    }
    int status;
    const pid_t ended = waitpid(child, &status, 0);
    printf("parent: %s ended with status %d\n", ended == child ? "my child" : "somebody", WEXITSTATUS(status));
    return 0;
}
