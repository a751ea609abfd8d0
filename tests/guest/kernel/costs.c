// What the kernel's services cost. Prints a line for each: its name, how often it was done, the cycles that took in all.
// costs wait [SCALE]: each is done SCALE times as often, and before and after it a byte of standard input is read, so that
// somebody outside can take the time.

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096, PIPE_BYTES = 4096 };

static unsigned long long now(void) {
    unsigned long long value;
    clock_cycles(&value);
    return value;
}

static void call(unsigned count) {
    while (count-- > 0) getpid();
}

// Parent and child take turns: each yield is a switch to the other.
static void take_turns(unsigned count) {
    const int pid = fork();
    for (unsigned i = 0; i < count / 2; i++) sched_yield();
    if (pid == 0) _exit(0);
    waitpid(pid, NULL, 0);
}

static void yield_to_nobody(unsigned count) {
    while (count-- > 0) sched_yield();
}

static void make_processes(unsigned count) {
    while (count-- > 0) {
        const int pid = fork();
        if (pid == 0) _exit(0);
        waitpid(pid, NULL, 0);
    }
}

static void make_programs(unsigned count) {
    while (count-- > 0) {
        const int pid = fork();
        if (pid == 0) {
            execl("/bin/true", "true", (char *)NULL);
            _exit(127);
        }
        waitpid(pid, NULL, 0);
    }
}

static char *map(unsigned pages) {
    return mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void touch(char *memory, unsigned pages) {
    for (unsigned i = 0; i < pages; i++) memory[i * PAGE] = 1;
}

static void fill_with_zeros(unsigned count) {
    char *memory = map(count);
    touch(memory, count);
    munmap(memory, count * PAGE);
}

static void copy_on_write(unsigned count) {
    char *memory = map(count);
    touch(memory, count);
    const int pid = fork();
    if (pid == 0) {
        touch(memory, count);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    munmap(memory, count * PAGE);
}

// So many writes of PIPE_BYTES, which a child reads.
static void send_through_a_pipe(unsigned count) {
    static char bytes[PIPE_BYTES];
    int ends[2];
    pipe(ends);
    const int pid = fork();
    if (pid == 0) {
        close(ends[1]);
        while (read(ends[0], bytes, sizeof bytes) > 0) continue;
        _exit(0);
    }
    close(ends[0]);
    while (count-- > 0) write(ends[1], bytes, sizeof bytes);
    close(ends[1]);
    waitpid(pid, NULL, 0);
}

static const struct service {
    const char *name;
    void (*use)(unsigned count);
    unsigned count;
} services[] = {
    {"getpid", call, 1000},
    {"yield", yield_to_nobody, 200},
    {"switch", take_turns, 200},
    {"fork-exit-wait", make_processes, 50},
    {"fork-exec-exit-wait", make_programs, 20},
    {"page-of-zeros", fill_with_zeros, 200},
    {"page-copied", copy_on_write, 200},
    {"pipe-4096-bytes", send_through_a_pipe, 100},
};

static void wait_for_the_other_side(int waits) {
    char answer;
    fflush(stdout);
    if (waits) read(STDIN_FILENO, &answer, 1);
}

int main(int argc, char *argv[]) {
    const int waits = argc > 1 && strcmp(argv[1], "wait") == 0;
    const unsigned scale = argc > 2 ? (unsigned)atoi(argv[2]) : 1;
    for (unsigned i = 0; i < sizeof services / sizeof services[0]; i++) {
        const struct service *service = &services[i];
        const unsigned count = service->count * (service->use == fill_with_zeros || service->use == copy_on_write ? 1 : scale);
        service->use(count);  // what it needs has come to be after that
        wait_for_the_other_side(waits);
        const unsigned long long start = now();
        service->use(count);
        const unsigned cycles = (unsigned)(now() - start);
        printf("%s %u %u\n", service->name, count, cycles);
        wait_for_the_other_side(waits);
    }
    return 0;
}
