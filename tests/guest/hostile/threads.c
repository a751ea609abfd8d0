// Attacks by threads of one process on each other's system calls: what a call has looked at is changed, closed or unmapped
// while it works or sleeps, perhaps by a thread that has ended before the call goes on.

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hostile.h"

enum { PAGE = 4096, AREA = 4 * PAGE, THREADS = 3, STEPS = 250, DESCRIPTORS = 12 };

static char *area;
static char words[3 * PAGE];
static char *volatile arguments[] = {"true", words, words + PAGE, words + 2 * PAGE, NULL};

// Each thread has random numbers of its own.
static unsigned roll(uint32_t *state, unsigned limit) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state % limit;
}

// ---- calls ----

static void fill_area(uint32_t *state, char *place) {
    int ends[2];
    struct pollfd files[DESCRIPTORS];
    switch (roll(state, 6)) {
        case 0: read((int)roll(state, DESCRIPTORS), place, roll(state, 600)); break;
        case 1: waitpid(-1, (int *)((uint32_t)place & ~3u), roll(state, 2) ? WNOHANG : 0); break;
        case 2: stat("d", (struct stat *)((uint32_t)place & ~7u)); break;
        case 3: getcwd(place, 100); break;
        case 4: if (pipe(ends) == 0) write(ends[1], place, roll(state, 600)); break;
        default:
            for (int i = 0; i < DESCRIPTORS; i++) files[i] = (struct pollfd){.fd = i, .events = POLLIN | POLLOUT};
            poll(files, DESCRIPTORS, 0);
    }
}

static void execute(uint32_t *state) {
    if (roll(state, 8) == 0) execve("/bin/true", (char **)arguments, (char **)arguments);
    else if (fork() == 0) _exit(0);
}

// ---- what pulls the ground away from under them ----

static void change_memory(uint32_t *state, char *place) {
    char *page = (char *)((uint32_t)place & ~(PAGE - 1u));
    switch (roll(state, 5)) {
        case 0: munmap(page, PAGE); break;
        case 1: mprotect(page, PAGE, roll(state, 2) ? PROT_READ : PROT_NONE); break;
        case 2: sbrk(roll(state, 2) ? PAGE : -PAGE); break;
        default: mmap(page, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    }
}

static void change_words(uint32_t *state) {
    char *word = words + PAGE * roll(state, 3);
    memset(word, 'y', PAGE - 1);
    word[roll(state, PAGE)] = 0;
    arguments[1 + roll(state, 3)] = roll(state, 4) == 0 ? NULL : word;
}

static void change_descriptors(uint32_t *state) {
    const int descriptor = (int)roll(state, DESCRIPTORS);
    int ends[2];
    switch (roll(state, 6)) {
        case 0: dup2((int)roll(state, DESCRIPTORS), descriptor); break;
        case 1: fcntl(descriptor, F_SETFD, (int)roll(state, 2)); break;
        case 2: open("d", O_RDONLY | O_CLOEXEC); break;
        case 3: pipe2(ends, O_NONBLOCK | O_CLOEXEC); break;
        default: close(descriptor);
    }
}

static void change_names(uint32_t *state) {
    if (roll(state, 2)) symlink("d", "link");
    else unlink("link");
    umask((mode_t)roll(state, 0777));
}

// ---- the fight ----

static void *fight(void *seed) {
    uint32_t state = (uint32_t)seed | 1;
    for (int i = (int)roll(&state, STEPS); i > 0; i--) {
        char *place = area + roll(&state, AREA - PAGE);
        switch (roll(&state, 8)) {
            case 0: change_memory(&state, place); break;
            case 1: change_words(&state); break;
            case 2: change_descriptors(&state); break;
            case 3: change_names(&state); break;
            case 4: execute(&state); break;
            case 5: usleep(roll(&state, 300)); break;
            default: fill_area(&state, place);
        }
    }
    return NULL;
}

static void fight_once(void) {
    pthread_t thread;
    interrupt_what_waits();
    area = mmap(NULL, AREA, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (int i = 0; i < 4; i++) {  // some have ended when the next come
        for (int k = 0; k < THREADS; k++) pthread_create(&thread, NULL, fight, (void *)next_random());
        fight((void *)next_random());
    }
    _exit(0);
}

void attack_with_threads(void) {
    const struct rlimit few = {DESCRIPTORS, DESCRIPTORS};
    setrlimit(RLIMIT_NOFILE, &few);
    signal(SIGPIPE, SIG_IGN);
    mkdir("d", 0700);
    for (;;) {
        next_random();
        const int pid = fork();
        if (pid == 0) fight_once();
        waitpid(pid, NULL, 0);
    }
}
