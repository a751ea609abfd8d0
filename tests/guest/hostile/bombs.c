// Attacks that take everything there is: processes, memory, descriptors, the disk.

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hostile.h"

enum { PAGE = 4096 };

// ---- processes ----

static void fork_for_ever(void) {
    for (;;) fork();
}

// Each makes one and ends: there are never many, but never the same.
static void run_away(void) {
    while (fork() >= 0) {
        if (below(2) == 0) setsid();
        if (getppid() != 1) _exit(0);
    }
}

static void execute_for_ever(void) {
    for (;;) {
        if (fork() == 0) execl("/bin/sh", "sh", "-c", "sh & sh & cat /dev/zero | wc | wc & wait", (char *)NULL);
    }
}

static void *spin(void *unused) {
    for (;;) sched_yield();
    return unused;
}

static void start_threads_for_ever(void) {
    pthread_t thread;
    for (;;) {
        if (pthread_create(&thread, NULL, spin, NULL) != 0) fork();
    }
}

static void stop_each_other(void) {
    static const int signals[] = {SIGSTOP, SIGTSTP, SIGCONT, SIGUSR1, SIGTERM, SIGCHLD, SIGKILL};
    signal(SIGTERM, SIG_IGN);
    signal(SIGCHLD, below(2) == 0 ? SIG_IGN : SIG_DFL);
    for (;;) {
        const int pid = fork();
        if (pid > 0) kill(below(3) == 0 ? 0 : pid, signals[below(sizeof signals / sizeof signals[0])]);
    }
}

void attack_with_forks(void) {
    static void (*const bombs[])(void) = {fork_for_ever, run_away, execute_for_ever, start_threads_for_ever, stop_each_other};
    bombs[below(sizeof bombs / sizeof bombs[0])]();
}

// ---- memory ----

static void touch(char *memory, unsigned bytes, int store) {
    for (unsigned i = 0; i < bytes; i += PAGE) {
        if (store) memory[i] = (char)i;
        else (void)*(volatile char *)&memory[i];
    }
}

static void grow_heap(void) {
    const int store = below(4) != 0;
    for (;;) {
        char *memory = sbrk(16 * PAGE);
        if (memory == (void *)-1) break;
        touch(memory, 16 * PAGE, store);
    }
}

static void map_for_ever(void) {
    for (;;) {
        const unsigned bytes = (1 + below(256)) * PAGE;
        char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) break;
        touch(memory, bytes, 1);
        if (below(4) == 0) munmap(memory + PAGE * below(bytes / PAGE), PAGE);
    }
}

static int recurse(int depth) {
    volatile char frame[PAGE];
    frame[0] = (char)depth;
    return depth < 0 ? 0 : recurse(depth + 1) + frame[0];
}

static void lose_the_stack(void) { recurse(0); }

// Pages that parent and children share, until each changes them.
static void change_what_is_shared(void) {
    const unsigned bytes = (50 + below(400)) * PAGE;
    char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return;
    touch(memory, bytes, 1);
    for (int i = 0; i < 3; i++) fork();
    for (;;) memory[below(bytes)]++;
}

// One page in every part of the address space that a page table serves.
static void scatter(void) {
    for (unsigned address = 0x01000000; address < 0x7F000000; address += 0x00400000) {
        char *memory = mmap((void *)address, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        if (memory == MAP_FAILED) continue;
        *memory = 1;
        if (below(2) == 0) munmap(memory, PAGE);
    }
}

void attack_with_memory(void) {
    static void (*const hogs[])(void) = {grow_heap, map_for_ever, lose_the_stack, change_what_is_shared, scatter};
    if (below(4) != 0) {  // most need not fill the swap area as well
        const struct rlimit limit = {(200 + below(600)) * PAGE, 2000 * PAGE};
        setrlimit(RLIMIT_AS, &limit);
    }
    hogs[below(sizeof hogs / sizeof hogs[0])]();
}

// ---- descriptors ----

static void open_something(void) {
    int ends[2];
    switch (below(6)) {
        case 0: pipe(ends); break;
        case 1: dup(below(16)); break;
        case 2: dup2(below(16), below(20)); break;
        case 3: open("/", O_RDONLY); break;
        case 4: open("a", O_RDWR | O_CREAT, 0600); break;
        default: open(random_path(), O_RDWR | O_NONBLOCK);
    }
}

static void use_something(void) {
    char bytes[600];
    const int descriptor = below(16);
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
    if (below(2) == 0) read(descriptor, bytes, sizeof bytes);
    else write(descriptor, bytes, sizeof bytes);
}

static void take_descriptors(void) {
    for (int i = 0; i < 200; i++) {
        open_something();
        if (below(4) == 0) use_something();
        if (below(12) == 0) close(below(16));
        if (below(40) == 0) fork();
    }
}

void attack_with_descriptors(void) {
    signal(SIGPIPE, SIG_IGN);
    interrupt_what_waits();
    for (int i = below(5); i > 0; i--) fork();
    take_descriptors();
    pause();
}

// ---- the disk ----

static void write_something(void) {
    static char bytes[20000];
    char name[16];
    snprintf(name, sizeof name, "f%u", (unsigned)below(30));
    const int file = open(name, O_RDWR | O_CREAT | (below(4) == 0 ? O_APPEND : 0), 0600);
    if (below(4) == 0) lseek(file, below(3) == 0 ? below(5000000) : below(50000), SEEK_SET);
    while (below(5) != 0 && write(file, bytes, below(sizeof bytes)) > 0) continue;
    if (below(8) == 0) ftruncate(file, below(60000));
    if (below(16) == 0) fsync(file);
    if (below(20) != 0) close(file);
}

static void change_names(void) {
    char name[16], other[16];
    snprintf(name, sizeof name, "f%u", (unsigned)below(30));
    snprintf(other, sizeof other, "%s%u", below(2) == 0 ? "f" : "d/f", (unsigned)below(30));
    switch (below(6)) {
        case 0: mkdir(other, 0700); break;
        case 1: symlink(name, other); break;
        case 2: link(name, other); break;
        case 3: rename(name, other); break;
        case 4: rmdir(name); break;
        default: unlink(name);
    }
}

void attack_with_files(void) {
    mkdir("d", 0700);
    if (below(3) == 0) fork();
    for (int i = 0; i < 150; i++) below(2) == 0 ? write_something() : change_names();
}
