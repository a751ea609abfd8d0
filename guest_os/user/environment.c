// environment: a variable that the child sets between fork and exec is the new program's, and not the parent's.

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    const pid_t child = fork();
    if (child == 0) {
        setenv("GREETING", "hello from between fork and exec", 1);
        execlp("printenv", "printenv", "GREETING", (char *)NULL);
        perror("printenv");
        _exit(127);
    }
    waitpid(child, NULL, 0);
    printf("in the parent it is %s\n", getenv("GREETING") != NULL ? "set" : "not set");
    return 0;
}
