// A chain of processes, each of which makes another one and ends, and one kill() for all of them: does any run on?

#include <signal.h>
#include <stdio.h>
#include <sys/process_status.h>
#include <sys/wait.h>
#include <unistd.h>

static void run_away(void) {
    setpgid(0, 0);
    for (;;) {
        if (fork() > 0 && getppid() != getpgid(0)) _exit(0);
    }
}

static int running_in(int group) {
    struct process_status status;
    int count = 0;
    for (int slot = 0, found; (found = process_status(slot, &status)) >= 0; slot++) {
        count += found == 1 && status.group == group && status.state != ZOMBIE;
    }
    return count;
}

int main(void) {
    int outran = 0;
    for (int i = 0; i < 40; i++) {
        const int pid = fork();
        if (pid == 0) run_away();
        usleep(20000 + 777 * (unsigned)i);
        kill(-pid, SIGKILL);
        for (int patience = 0; running_in(pid) > 0 && patience < 200; patience++) usleep(5000);
        outran += running_in(pid) > 0;
        while (running_in(pid) > 0) kill(-pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
    printf("%d outran it\n", outran);
    return 0;
}
