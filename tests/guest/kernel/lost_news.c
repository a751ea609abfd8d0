// Wake-ups and signals that come at an awkward moment: does what they say get lost?

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void do_nothing(int signal) { (void)signal; }

// ---- wakes: a waiter that is woken before its time is over, but runs only after it ----

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct timespec limit;
static volatile int timed_result, other_had_it;

static long microseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static void *lock_in_time(void *argument) {
    timed_result = pthread_mutex_timedlock(&mutex, &limit);
    if (timed_result == 0) pthread_mutex_unlock(&mutex);
    return argument;
}

static void *lock(void *argument) {
    pthread_mutex_lock(&mutex);
    other_had_it = 1;
    pthread_mutex_unlock(&mutex);
    return argument;
}

static void unlock_at_the_last_moment(void) {
    pthread_t thread;
    const long end = microseconds() + 100000;
    limit = (struct timespec){.tv_sec = end / 1000000, .tv_nsec = end % 1000000 * 1000};
    pthread_mutex_lock(&mutex);
    pthread_create(&thread, NULL, lock_in_time, NULL);
    usleep(10000);
    pthread_create(&thread, NULL, lock, NULL);
    usleep(10000);
    while (microseconds() < end - 1200) {
    }
    pthread_mutex_unlock(&mutex);
    while (microseconds() < end + 20000) {
    }
    usleep(50000);
    printf("timed: %d, the other one: %d\n", timed_result, other_had_it);
}

static sem_t semaphore;
static volatile int disturbed_result = -1;

static void *wait_disturbed(void *argument) {
    disturbed_result = sem_wait(&semaphore) == 0 ? 0 : errno;
    return argument;
}

static void post_and_disturb(void) {
    pthread_t thread;
    struct sigaction action = {.sa_handler = do_nothing};  // without SA_RESTART
    sigaction(SIGUSR1, &action, NULL);
    sem_init(&semaphore, 0, 0);
    pthread_create(&thread, NULL, wait_disturbed, NULL);
    usleep(10000);
    sem_post(&semaphore);
    pthread_kill(thread, SIGUSR1);
    usleep(50000);
    printf("disturbed: %d\n", disturbed_result);
}

static void wakes(void) {
    unlock_at_the_last_moment();
    post_and_disturb();
}

// ---- signals: the thread that was told of one blocks it before it acts, and another one does not ----

enum { ROUNDS = 60 };

static volatile int handled;
static void note(int signal) { handled += signal == SIGUSR1; }

static void compute(int steps) {
    for (volatile int i = 0; i < steps; i++) {
    }
}

static void *pause_for_ever(void *argument) {
    for (;;) pause();
    return argument;
}

static void signals(void) {
    pthread_t thread;
    sigset_t set;
    int lost = 0;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    signal(SIGUSR1, note);
    pthread_create(&thread, NULL, pause_for_ever, NULL);
    for (int i = 0; i < ROUNDS; i++) {
        const int parent = getpid(), before = handled;
        pthread_sigmask(SIG_UNBLOCK, &set, NULL);
        const int pid = fork();
        if (pid == 0) {
            compute(300 + i * 3);
            kill(parent, SIGUSR1);
            _exit(0);
        }
        compute(500 + i * 37 % 200);
        pthread_sigmask(SIG_BLOCK, &set, NULL);
        waitpid(pid, NULL, 0);
        usleep(20000);
        lost += handled == before;
    }
    printf("%d of %d signals were lost\n", lost, ROUNDS);
}

// ---- restarts: a call whose thread gives up for a signal, which another thread then acts upon ----

static void *call_for_ever(void *argument) {
    for (unsigned i = 0;; i++) {
        getppid();
        compute((int)(i * 13 % 97));
    }
    return argument;
}

static void restarts(void) {
    pthread_t thread;
    int ends[2], given_up = 0;
    char byte;
    const int parent = getpid();
    pipe(ends);
    signal(SIGUSR1, note);  // with SA_RESTART
    const int pid = fork();
    if (pid == 0) {
        for (int i = 0; i < 200; i++) {
            kill(parent, SIGUSR1);
            compute(800 + i % 50);
        }
        write(ends[1], "x", 1);
        _exit(0);
    }
    pthread_create(&thread, NULL, call_for_ever, NULL);
    while (read(ends[0], &byte, 1) != 1) given_up++;
    printf("read gave up %d times\n", given_up);
}

// ---- forks: a signal to a group, of which somebody is being born ----

static void have_a_child(void) {
    setpgid(0, 0);
    fork();
    for (;;) pause();
}

static void forks(void) {
    int survived = 0;
    for (int i = 0; i < 2 * ROUNDS; i++) {
        const int group = fork();
        if (group == 0) have_a_child();
        setpgid(group, group);
        compute(100 + 7 * i);
        kill(-group, SIGTERM);
        waitpid(group, NULL, 0);
        usleep(10000);
        survived += kill(-group, SIGKILL) == 0;
    }
    printf("%d survived\n", survived);
}

static const struct {
    const char *name;
    void (*action)(void);
} actions[] = {{"wakes", wakes}, {"signals", signals}, {"restarts", restarts}, {"forks", forks}};

int main(int count, char **words) {
    for (unsigned i = 0; count == 2 && i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(words[1], actions[i].name) == 0) actions[i].action();
    }
    return 0;
}
