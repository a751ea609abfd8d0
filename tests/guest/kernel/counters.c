// Free pages and swap slots must be the same before and after every program, however it ends.

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const commands[] = {
    "true",
    "false",
    "echo hello > /tmp/counted; cat /tmp/counted; rm /tmp/counted",
    "primes 300 | wc -l | cat",
    "forktree > /dev/null",
    "pingpong > /dev/null",
    "pagestring -w 2 0,1,2,3,0,1,2,3 > /dev/null",
    "free frames 40; primes 5000 | wc -l; free frames 0",
    "spin & kill $!; wait",
    "burn 5; io 2",
    "workload -p mlfq 5 5@2 > /dev/null",
    "nosuchcommand 2> /dev/null",
    "free eager; ls / > /dev/null; free lazy",
};

static void run(const char *command) {
    const int pid = fork();
    if (pid == 0) {
        execlp("sh", "sh", "-c", command, (char *)0);
        _exit(127);
    }
    waitpid(pid, NULL, 0);
}

static void crash(void) {
    const int pid = fork();
    if (pid == 0) {
        volatile char *memory = mmap(NULL, 100 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        memory_limit((void *)memory, 10);
        for (int i = 0; i < 100; i++) memory[i * 4096] = 1;
        kill(getpid(), SIGKILL);
    }
    waitpid(pid, NULL, 0);
}

// Pages that the kernel keeps for itself (blocks of the disk, for example) come to be at the first run of a command.
static int restored(const char *what, void (*action)(const char *)) {
    struct memory_status before, after;
    action(what);
    action(what);
    usleep(100000);
    memory_status(&before);
    action(what);
    usleep(100000);
    memory_status(&after);
    const int same = before.free_frames == after.free_frames && before.free_swap_slots == after.free_swap_slots &&
                     before.user_frames == after.user_frames;
    if (!same) {
        printf("%s: frames %u, then %u; slots %u, then %u\n", what, before.free_frames, after.free_frames,
               before.free_swap_slots, after.free_swap_slots);
    }
    return same;
}

static void crash_action(const char *what) {
    (void)what;
    crash();
}

int main(void) {
    int all = restored("killed while swapping", crash_action);
    for (unsigned i = 0; i < sizeof commands / sizeof commands[0]; i++) all &= restored(commands[i], run);
    printf(all ? "all restored\n" : "not all restored\n");
    return !all;
}
