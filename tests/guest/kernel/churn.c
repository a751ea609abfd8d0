// Processes that come and go in every way: exec, a fault, a kill, an orphan. Prints how each kind ended.

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void live(int kind) {
    if (kind == 0) execl("/bin/true", "true", (char *)NULL);
    if (kind == 1) {
        int ends[2];
        pipe(ends);
        char *heap = sbrk(100000);
        heap[50000] = 1;
        *(volatile int *)0 = 1;
    }
    if (kind == 2) {
        for (;;) {
        }
    }
    chdir("/tmp");
    open("/bin/sh", O_RDONLY);
    if (fork() == 0) _exit(1);
    _exit(3);
}

int main(void) {
    int statuses[4] = {0};
    for (int i = 0; i < 80; i++) {
        const int pid = fork();
        if (pid == 0) live(i % 4);
        if (i % 4 == 2) {
            usleep(15000);
            kill(pid, SIGTERM);
        }
        int status;
        if (waitpid(pid, &status, 0) != pid) printf("no child %d\n", pid);
        statuses[i % 4] = status;
    }
    printf("%d %d %d %d\n", statuses[0], statuses[1], statuses[2], statuses[3] >> 8);
    return 0;
}
