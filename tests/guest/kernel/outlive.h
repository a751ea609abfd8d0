#pragma once
// A child that may do anything, in a process group of its own: it has so long to end by itself, then it and what it has
// started are killed.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void outlive(int pid, int milliseconds) {
    int ended = 0;
    for (int waited = 0; waited < milliseconds && !ended; waited += 20) {
        ended = waitpid(pid, NULL, WNOHANG);
        if (!ended) usleep(20000);
    }
    kill(-pid, SIGKILL);
    kill(pid, SIGKILL);
    if (!ended) waitpid(pid, NULL, 0);
}
