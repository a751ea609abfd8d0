// polite_end: a child that would run for ever is asked to end with SIGTERM; its status tells that the signal did it.

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    const pid_t child = fork();
    if (child == 0) {
        execlp("spin", "spin", (char *)NULL);
        perror("spin");
        _exit(127);
    }
    int status;
    usleep(50000);
    printf("still running: %s\n", waitpid(child, &status, WNOHANG) == 0 ? "yes" : "no");
    kill(child, SIGTERM);
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) printf("ended by signal %d: %s\n", WTERMSIG(status), strsignal(WTERMSIG(status)));
    else printf("ended with status %d\n", WEXITSTATUS(status));
    return 0;
}
