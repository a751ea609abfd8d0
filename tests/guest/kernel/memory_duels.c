// One CPU changes a page table while another uses the pages. memory_duels WHAT: prints what went wrong, "0" if nothing.

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096, THREADS = 6 };

static volatile int stop;

static void wait_a_little(int turns) {
    for (volatile int i = 0; i < turns; i++) continue;
}

static char *new_pages(int count) {
    return mmap(NULL, (size_t)count * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void join_all(const pthread_t *threads, int count) {
    for (int i = 0; i < count; i++) pthread_join(threads[i], NULL);
}

// ---- stores while fork makes the pages read-only ----

static volatile unsigned counters[PAGE / sizeof(unsigned)] __attribute__((aligned(PAGE)));
static volatile int lost;

static void *count_up(void *argument) {
    volatile unsigned *mine = &counters[4 * (long)argument];
    for (unsigned count = 0; !stop;) {
        *mine = ++count;
        if (*mine != count) {
            lost++;
            count = *mine;
        }
    }
    return NULL;
}

static int stores_and_forks(void) {
    pthread_t threads[THREADS];
    for (long i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, count_up, (void *)i);
    for (int i = 0; i < 200; i++) {
        const pid_t child = fork();
        if (child == 0) {  // has the pages for a while
            wait_a_little(100);
            _exit((int)counters[0] < 0);
        }
        waitpid(child, NULL, 0);
    }
    stop = 1;
    join_all(threads, THREADS);
    return lost;
}

// ---- a read() that waits while fork goes through the pages of its buffer ----

static int ends[2];
static volatile int turn;
static volatile unsigned reads;
static char buffer[2 * PAGE] __attribute__((aligned(PAGE)));

static void *read_often(void *unused) {
    for (int i = 1; !stop; i++) {
        buffer[PAGE] = 1;
        while (turn < i) continue;
        wait_a_little(i * 7 % 1500);
        if (read(ends[0], buffer + PAGE, 10) <= 0) break;
        reads++;
    }
    return unused;
}

static int reads_and_forks(void) {
    enum { ROUNDS = 200, OTHERS = 20 };
    pthread_t thread;
    pid_t others[OTHERS];
    pipe(ends);
    pthread_create(&thread, NULL, read_often, NULL);
    for (int i = 0; i < OTHERS; i++) {  // fork looks at them, too: that takes time
        if ((others[i] = fork()) == 0) pause();
    }
    for (turn = 1; turn <= ROUNDS; turn++) {
        const pid_t child = fork();
        if (child == 0) _exit(0);
        waitpid(child, NULL, 0);
        write(ends[1], "0123456789", 10);
        while (reads < (unsigned)turn) continue;
    }
    stop = 1;
    write(ends[1], "x", 1);
    pthread_join(thread, NULL);
    for (int i = 0; i < OTHERS; i++) kill(others[i], SIGKILL);
    return reads < ROUNDS;
}

// ---- stores while mprotect() changes the entries; then other processes want the memory ----

enum { TOUCHED = 120 };
static char *pages;

static void *store_everywhere(void *unused) {
    while (turn == 0) continue;
    for (int i = 0; i < TOUCHED; i++) {
        *(volatile unsigned *)(pages + i * PAGE) = 0x1234;
        wait_a_little(6);
    }
    stop = 1;
    return unused;
}

static void want_memory(int count) {
    const pid_t child = fork();
    if (child == 0) {
        char *wanted = new_pages(count);
        for (int i = 0; i < count; i++) wanted[i * PAGE] = 1;
        _exit(0);
    }
    waitpid(child, NULL, 0);
}

static int stores_and_protections(void) {
    int gone = 0;
    for (int round = 0; round < 6; round++) {
        pthread_t thread;
        pages = new_pages(TOUCHED);
        for (int i = 0; i < TOUCHED; i++) gone += pages[i * PAGE];
        stop = turn = 0;
        pthread_create(&thread, NULL, store_everywhere, NULL);
        turn = 1;
        while (!stop) mprotect(pages, TOUCHED * PAGE, PROT_READ | PROT_WRITE);
        pthread_join(thread, NULL);
        want_memory(420);
        for (int i = 0; i < TOUCHED; i++) gone += *(unsigned *)(pages + i * PAGE) != 0x1234;
        munmap(pages, TOUCHED * PAGE);
    }
    return gone;
}

// ---- threads on several CPUs that need more than there is ----

enum { MANY = 600, SWEEPS = 3, SWEEPERS = 3 };

static void *sweep(void *argument) {
    for (int round = 0; round < SWEEPS; round++) {
        for (long i = (long)argument; i < MANY; i += SWEEPERS) {
            pages[i * PAGE]++;
            wait_a_little(200);
        }
    }
    return NULL;
}

static int more_than_there_is(void) {
    pthread_t threads[SWEEPERS];
    int wrong = 0;
    pages = new_pages(MANY);
    for (long i = 0; i < SWEEPERS; i++) pthread_create(&threads[i], NULL, sweep, (void *)i);
    join_all(threads, SWEEPERS);
    for (int i = 0; i < MANY; i++) wrong += pages[i * PAGE] != SWEEPS;
    return wrong;
}

// ---- the swap area is full, but a sleeper has pages that need not be written ----

static pid_t sleeper(int count, int is_written) {
    const pid_t child = fork();
    if (child == 0) {
        volatile char *mine = new_pages(count);
        for (int i = 0; i < count; i++) {
            if (is_written) mine[i * PAGE] = 1;
            else (void)mine[i * PAGE];
        }
        for (;;) pause();
    }
    sleep(2);
    return child;
}

static int a_full_swap_area(void) {
    const pid_t children[] = {sleeper(1100, 1), sleeper(140, 0), sleeper(60, 1)};
    int killed = 0;
    for (int i = 0; i < 3; i++) {
        killed += waitpid(children[i], NULL, WNOHANG) != 0;
        kill(children[i], SIGKILL);
    }
    return killed;
}

// ---- a buffer that is larger than memory ----

static int large_buffers(void) {
    const size_t size = 3 << 20;
    char *large = malloc(size);
    int ends_of_pipe[2];
    pipe(ends_of_pipe);
    memset(large, 1, size);
    FILE *null = fopen("/dev/null", "w"), *zero = fopen("/dev/zero", "r");
    int wrong = write(fileno(null), large, size) != (ssize_t)size;
    wrong += read(fileno(zero), large, size) != (ssize_t)size;
    for (size_t i = 0; i < size; i++) wrong += large[i] != 0;
    write(ends_of_pipe[1], "ab", 2);
    wrong += read(ends_of_pipe[0], large, size) != 2;
    return wrong;
}

static const struct {
    const char *name;
    int (*run)(void);
} duels[] = {
    {"stores_and_forks", stores_and_forks},
    {"reads_and_forks", reads_and_forks},
    {"stores_and_protections", stores_and_protections},
    {"more_than_there_is", more_than_there_is},
    {"a_full_swap_area", a_full_swap_area},
    {"large_buffers", large_buffers},
};

int main(int argc, char *argv[]) {
    for (size_t i = 0; i < sizeof duels / sizeof duels[0]; i++) {
        if (argc > 1 && strcmp(duels[i].name, argv[1]) == 0) printf("%d\n", duels[i].run());
    }
    return 0;
}
