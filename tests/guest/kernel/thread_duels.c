// Two threads, of which one takes away what a system call of the other has just looked at. Each duel is fought by a child
// without rights; what it may lose is its own life.

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096, ROUNDS = 300 };

static volatile int over;

static void *start(void *(*function)(void *), void *argument) {
    pthread_t thread;
    return pthread_create(&thread, NULL, function, argument) == 0 ? (void *)thread : NULL;
}

static void join(void *thread) { pthread_join((pthread_t)thread, NULL); }

static int duel(void (*fight)(void)) {
    int status;
    const int pid = fork();
    if (pid == 0) {
        setuid(1000);
        fight();
        _exit(0);
    }
    waitpid(pid, &status, 0);
    return status;
}

// ---- an argument grows between the time that execve measures it and the time that it copies it ----

static char argument[3000];

static void *change_length(void *unused) {
    for (;;) {
        argument[1] = argument[1] == 0 ? 'y' : 0;
        for (volatile int i = 0; i < ROUNDS; i++) continue;
    }
    return unused;
}

static void execute_what_changes(void) {
    char *arguments[] = {"true", argument, NULL}, *environment[] = {NULL};
    memset(argument, 'y', sizeof argument - 1);
    argument[1] = 0;
    start(change_length, NULL);
    execve("/bin/true", arguments, environment);
}

static int lengths_change(void) {
    int others = 0;
    for (int i = 0; i < 12; i++) others += duel(execute_what_changes) != 0;
    return others;
}

// ---- the memory that a sleeping call will fill goes, and so does the thread that has taken it ----

static char *area;
static void (*take_area)(void);

static void unmap_area(void) { munmap(area, PAGE); }
static void protect_area(void) { mprotect(area, PAGE, PROT_NONE); }
static void shrink_heap(void) { sbrk(-PAGE); }

static void *take_and_end(void *unused) {
    usleep(50000);  // by then the call sleeps
    take_area();
    return unused;
}

static void prepare(void) {
    area = take_area == shrink_heap ? sbrk(PAGE)
                                    : mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    area[0] = 1;
    pthread_detach((pthread_t)start(take_and_end, NULL));
}

static void read_into_it(void) {
    int ends[2];
    pipe(ends);
    if (fork() == 0) {
        usleep(200000);
        write(ends[1], "hello", 5);
        _exit(0);
    }
    prepare();
    read(ends[0], area, 5);
}

static void wait_into_it(void) {
    if (fork() == 0) {
        usleep(200000);
        _exit(0);
    }
    prepare();
    wait((int *)area);
}

static int memory_goes(void) {
    static void (*const ways[])(void) = {unmap_area, protect_area, shrink_heap};
    int faults = 0;
    for (unsigned i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        take_area = ways[i];
        faults += WTERMSIG(duel(read_into_it)) == SIGSEGV;
        faults += WTERMSIG(duel(wait_into_it)) == SIGSEGV;
    }
    return faults;
}

// ---- there is a descriptor for one end of a pipe only, and that is closed meanwhile ----

static int last;

static void *close_last(void *unused) {
    while (!over) close(last);
    return unused;
}

static void make_pipes_at_the_limit(void) {
    struct rlimit limit;
    int ends[2];
    getrlimit(RLIMIT_NOFILE, &limit);
    last = (int)limit.rlim_cur - 1;
    while (dup(0) < last - 1) continue;
    void *closer = start(close_last, NULL);
    for (int i = 0; i < 10 * ROUNDS; i++) pipe(ends);
    over = 1;
    join(closer);
}

// All pipes that there are.
static int pipes_are_left(void) {
    int ends[2], made = 0;
    while (made < 6 && pipe(ends) == 0) made++;
    for (int i = 3; i < 3 + 2 * made; i++) close(i);
    return made;
}

// ---- a child inherits what another thread is just changing ----

static void *make_links(void *unused) {
    for (int i = 0; !over; i++) {
        symlink("somewhere", "/tmp/duel");
        unlink("/tmp/duel");
    }
    return unused;
}

static void fork_meanwhile(void) {
    int status, wrong = 0;
    umask(027);
    void *maker = start(make_links, NULL);
    for (int i = 0; i < 40; i++) {
        if (fork() == 0) _exit(umask(0) != 027);
        wait(&status);
        wrong += WEXITSTATUS(status);
    }
    over = 1;
    join(maker);
    _exit(wrong);
}

// ---- each has a descriptor of its own, but the marks of all are one word ----

static void *mark_and_look(void *descriptor) {
    int wrong = 0;
    for (int i = 0; i < 4 * ROUNDS; i++) {
        fcntl((int)descriptor, F_SETFD, i & FD_CLOEXEC);
        wrong += fcntl((int)descriptor, F_GETFD) != (i & FD_CLOEXEC);
    }
    return (void *)wrong;
}

static void mark_both(void) {
    void *wrong_of_other;
    dup2(0, 10);
    dup2(0, 11);
    void *other = start(mark_and_look, (void *)11);
    const int wrong = (int)mark_and_look((void *)10);
    pthread_join((pthread_t)other, &wrong_of_other);
    _exit(wrong + (int)wrong_of_other != 0);
}

// ---- more files than a thread can hold are closed under poll() ----

static void *open_and_close(void *unused) {
    while (!over) {
        for (int i = 4; i < 14; i++) close(i);
        for (int i = 4; i < 14; i++) dup2(0, i);
    }
    return unused;
}

static void poll_what_goes(void) {
    struct pollfd files[10];
    for (int i = 0; i < 10; i++) files[i] = (struct pollfd){.fd = 4 + i, .events = POLLIN};
    void *closer = start(open_and_close, NULL);
    for (int i = 0; i < ROUNDS; i++) poll(files, 10, 0);
    over = 1;
    join(closer);
}

int main(void) {
    printf("execve: %d ended otherwise\n", lengths_change());
    printf("%d of 6 calls ended by SIGSEGV\n", memory_goes());
    printf("pipes at the limit: %d, then %d\n", duel(make_pipes_at_the_limit), pipes_are_left());
    printf("%d children have another umask\n", WEXITSTATUS(duel(fork_meanwhile)));
    printf("marks were lost: %d\n", WEXITSTATUS(duel(mark_both)));
    printf("poll: %d\n", duel(poll_what_goes));
    return 0;
}
