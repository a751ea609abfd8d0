// Threads of one process that pull descriptors and memory away from under each other's system calls. Argument: the seed.

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "outlive.h"

enum { CHILDREN = 12, THREADS = 4, STEPS = 400, AREA = 16384 };

static char *volatile area;

static unsigned next_random(unsigned *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void step(unsigned *state) {
    const int descriptor = 3 + (int)(next_random(state) % 8);
    char *place = area + next_random(state) % AREA;
    int ends[2];
    switch (next_random(state) % 12) {
        case 0: close(descriptor); break;
        case 1: dup2(3 + (int)(next_random(state) % 8), descriptor); break;
        case 2: dup(descriptor); break;
        case 3: open("/bin/sh", O_RDONLY | O_NONBLOCK); break;
        case 4: read(descriptor, place, 500); break;
        case 5: write(descriptor, place, 100); break;
        case 6: if (pipe(ends) == 0) write(ends[1], place, 50); break;
        case 7: munmap((void *)((unsigned)place & ~4095u), 4096); break;
        case 8: mmap((void *)((unsigned)place & ~4095u), 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0); break;
        case 9: mprotect((void *)((unsigned)place & ~4095u), 4096, next_random(state) % 2 ? PROT_READ : PROT_READ | PROT_WRITE); break;
        case 10: if (next_random(state) % 8 == 0 && fork() == 0) _exit(0); break;
        default: sched_yield();
    }
}

static void *race(void *seed) {
    unsigned state = (unsigned)seed;
    for (int i = 0; i < STEPS; i++) step(&state);
    return NULL;
}

static void ignore(int signal) { (void)signal; }

static void child(unsigned seed) {
    pthread_t threads[THREADS];
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGUSR1, ignore);
    area = mmap(NULL, AREA, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (unsigned i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, race, (void *)(seed + i * 77 + 1));
    for (unsigned i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    _exit(0);
}

int main(int argc, char *argv[]) {
    unsigned state = argc > 1 ? (unsigned)atoi(argv[1]) : 1;
    for (int i = 0; i < CHILDREN; i++) {
        const unsigned seed = next_random(&state) | 1;
        const pid_t pid = fork();
        if (pid == 0) {
            setpgid(0, 0);
            child(seed);
        }
        outlive(pid, 600);
    }
    printf("survived\n");
    return 0;
}
