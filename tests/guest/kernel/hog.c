// Takes all memory there is, three times; and counts how many processes there can be.

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void take_everything(void) {
    for (;;) {
        char *piece = sbrk(65536);
        if (piece == (char *)-1) _exit(3);
        for (int i = 0; i < 65536; i += 4096) piece[i] = 1;
    }
}

int main(void) {
    signal(SIGTERM, SIG_IGN);
    for (int round = 0; round < 3; round++) {
        const int pid = fork();
        if (pid == 0) take_everything();
        int status;
        waitpid(pid, &status, 0);
        printf("hog: signal %d\n", WTERMSIG(status));
    }
    int children = 0;
    for (;; children++) {
        const int pid = fork();
        if (pid < 0) break;
        if (pid == 0) {
            signal(SIGTERM, SIG_DFL);
            for (;;) sleep(1000);
        }
    }
    printf("more than 50 processes: %d, then %s\n", children > 50, errno == EAGAIN ? "EAGAIN" : "another error");
    kill(0, SIGTERM);
    int collected = 0;
    while (wait(NULL) > 0) collected++;
    printf("all ended: %d\n", collected == children);
    static char log[4097];
    kernel_log(log, sizeof log - 1);
    printf("reported: %d\n", strstr(log, "(hog): out of memory: killed\n") != NULL);
    return 0;
}
