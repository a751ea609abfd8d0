// Thin POSIX layers over the process system calls.

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t wait(int *status) { return waitpid(-1, status, 0); }

int raise(int signal) { return kill(getpid(), signal); }

pid_t getpgrp(void) { return getpgid(0); }

int brk(void *end) {
    const int difference = (int)((char *)end - (char *)sbrk(0));
    return sbrk(difference) == (void *)-1 ? -1 : 0;
}

int getpagesize(void) { return 4096; }
