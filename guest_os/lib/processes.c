// Thin POSIX layers over the process system calls.

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int __signal(int signal, int disposition);

pid_t wait(int *status) { return waitpid(-1, status, 0); }

int raise(int signal) { return kill(getpid(), signal); }
int killpg(pid_t group, int signal) { return kill(-group, signal); }

sighandler_t signal(int signal, sighandler_t handler) {
    if (handler != SIG_DFL && handler != SIG_IGN) {
        errno = ENOSYS;
        return SIG_ERR;
    }
    return (sighandler_t)__signal(signal, (int)handler);
}

pid_t getpgrp(void) { return getpgid(0); }

int brk(void *end) {
    const int difference = (int)((char *)end - (char *)sbrk(0));
    return sbrk(difference) == (void *)-1 ? -1 : 0;
}

int getpagesize(void) { return 4096; }
