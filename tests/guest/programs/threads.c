// Threads and what they wait for each other with. The output does not depend on who runs when.

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 5, ROUNDS = 2000 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static volatile unsigned counter;

static void *twice(void *argument) { return (void *)((long)argument * 2); }

static void create_and_join(void) {
    pthread_t threads[THREADS];
    for (long i = 0; i < THREADS; i++) printf("%d", pthread_create(&threads[i], NULL, twice, (void *)i));
    long sum = 0;
    for (int i = 0; i < THREADS; i++) {
        void *result;
        printf("%d", pthread_join(threads[i], &result));
        sum += (long)result;
    }
    printf(" sum %ld\n", sum);
    printf("self: %d\n", pthread_equal(pthread_self(), pthread_self()) != 0);
}

static void *count_up(void *argument) {
    (void)argument;
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&mutex);
        const unsigned seen = counter;
        if (i % 64 == 0) sched_yield();
        counter = seen + 1;
        pthread_mutex_unlock(&mutex);
    }
    return NULL;
}

static void mutual_exclusion(void) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, count_up, NULL);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    printf("counted %u\n", counter);
    printf("trylock: %d", pthread_mutex_trylock(&mutex));
    printf(" %d", pthread_mutex_trylock(&mutex) == EBUSY);
    printf(" %d\n", pthread_mutex_unlock(&mutex));

    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_t recursive, checked;
    pthread_mutex_init(&recursive, &attributes);
    printf("recursive: %d %d %d %d\n", pthread_mutex_lock(&recursive), pthread_mutex_lock(&recursive),
           pthread_mutex_unlock(&recursive), pthread_mutex_unlock(&recursive));
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&checked, &attributes);
    printf("checked: %d", pthread_mutex_unlock(&checked) == EPERM);
    printf(" %d", pthread_mutex_lock(&checked));
    printf(" %d\n", pthread_mutex_lock(&checked) == EDEADLK);
    pthread_mutex_unlock(&checked);
    struct timespec limit;
    clock_gettime(CLOCK_REALTIME, &limit);
    pthread_mutex_lock(&mutex);
    printf("timedlock: %d\n", pthread_mutex_timedlock(&mutex, &limit) == ETIMEDOUT);
    pthread_mutex_unlock(&mutex);
}

// ---- a bounded buffer ----

enum { PLACES = 4, ITEMS = 500 };
static int buffer[PLACES];
static int in_buffer, put_at, take_at;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER, not_empty = PTHREAD_COND_INITIALIZER;

static void put(int item) {
    pthread_mutex_lock(&mutex);
    while (in_buffer == PLACES) pthread_cond_wait(&not_full, &mutex);
    buffer[put_at] = item;
    put_at = (put_at + 1) % PLACES;
    in_buffer++;
    pthread_cond_signal(&not_empty);
    pthread_mutex_unlock(&mutex);
}

static int take(void) {
    pthread_mutex_lock(&mutex);
    while (in_buffer == 0) pthread_cond_wait(&not_empty, &mutex);
    const int item = buffer[take_at];
    take_at = (take_at + 1) % PLACES;
    in_buffer--;
    pthread_cond_signal(&not_full);
    pthread_mutex_unlock(&mutex);
    return item;
}

static void *produce(void *first) {
    for (int i = 0; i < ITEMS; i++) put((int)(long)first + i);
    return NULL;
}

static void *consume(void *sum) {
    for (int i = 0; i < ITEMS; i++) *(long *)sum += take();
    return NULL;
}

static void producers_and_consumers(void) {
    pthread_t producers[3], consumers[3];
    long sums[3] = {0, 0, 0};
    for (long i = 0; i < 3; i++) {
        pthread_create(&producers[i], NULL, produce, (void *)(i * 1000));
        pthread_create(&consumers[i], NULL, consume, &sums[i]);
    }
    for (int i = 0; i < 3; i++) {
        pthread_join(producers[i], NULL);
        pthread_join(consumers[i], NULL);
    }
    printf("consumed %ld, left %d\n", sums[0] + sums[1] + sums[2], in_buffer);
    struct timespec limit;
    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_nsec += 20000000;
    if (limit.tv_nsec >= 1000000000) limit.tv_sec++, limit.tv_nsec -= 1000000000;
    pthread_mutex_lock(&mutex);
    int error = 0;
    while (error == 0) error = pthread_cond_timedwait(&not_empty, &mutex, &limit);
    pthread_mutex_unlock(&mutex);
    printf("timedwait: %d\n", error == ETIMEDOUT);
}

// ---- semaphores, barriers, readers and writers, once ----

static sem_t ping, pong;
static char order[200];
static int length;

static void *answer(void *argument) {
    (void)argument;
    for (int i = 0; i < 10; i++) {
        sem_wait(&ping);
        order[length++] = 'o';
        sem_post(&pong);
    }
    return NULL;
}

static void semaphores(void) {
    pthread_t thread;
    sem_init(&ping, 0, 0);
    sem_init(&pong, 0, 0);
    pthread_create(&thread, NULL, answer, NULL);
    for (int i = 0; i < 10; i++) {
        order[length++] = 'i';
        sem_post(&ping);
        sem_wait(&pong);
    }
    pthread_join(thread, NULL);
    printf("%s\n", order);
    int value;
    sem_post(&ping);
    sem_getvalue(&ping, &value);
    printf("value %d, trywait %d", value, sem_trywait(&ping));
    printf(" %d %d\n", sem_trywait(&ping), errno == EAGAIN);
}

static pthread_barrier_t barrier;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int pair[2], mismatches, onces, serials;

static void only_once(void) { onces++; }

static void *work(void *argument) {
    for (int round = 0; round < 20; round++) {
        pthread_once(&once, only_once);
        if ((long)argument == 0) {
            pthread_rwlock_wrlock(&rwlock);
            pair[0]++;
            sched_yield();
            pair[1]++;
            pthread_rwlock_unlock(&rwlock);
        } else {
            pthread_rwlock_rdlock(&rwlock);
            if (pair[0] != pair[1]) __atomic_fetch_add(&mismatches, 1, __ATOMIC_SEQ_CST);
            pthread_rwlock_unlock(&rwlock);
        }
        if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD) {
            __atomic_fetch_add(&serials, 1, __ATOMIC_SEQ_CST);
        }
    }
    return NULL;
}

static void together(void) {
    pthread_t threads[THREADS];
    pthread_barrier_init(&barrier, NULL, THREADS);
    for (long i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, work, (void *)i);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    printf("pair %d %d, mismatches %d, once %d, serial %d\n", pair[0], pair[1], mismatches, onces, serials);
}

// ---- what each thread has for itself ----

static pthread_key_t key;
static _Thread_local int own = 5;
static _Thread_local char text[20];
static int destroyed;

static void destroy(void *value) { __atomic_fetch_add(&destroyed, (int)(long)value, __ATOMIC_SEQ_CST); }

static void *keep(void *argument) {
    const long number = (long)argument;
    pthread_setspecific(key, (void *)number);
    own += (int)number;
    sprintf(text, "thread %ld", number);
    errno = (int)number;
    sched_yield();
    usleep(1000);
    char expected[20];
    sprintf(expected, "thread %ld", number);
    const int right = (long)pthread_getspecific(key) == number && own == 5 + number && errno == number &&
                      strcmp(text, expected) == 0;
    pthread_exit((void *)(long)right);
}

static void locals(void) {
    pthread_t threads[THREADS];
    pthread_key_create(&key, destroy);
    int right = 0;
    for (long i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, keep, (void *)(i + 1));
    for (int i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(threads[i], &result);
        right += (long)result == 1;
    }
    printf("%d right, destroyed %d, own %d, text '%s'\n", right, destroyed, own, text);
}

// ---- threads and processes ----

static volatile int seen_in_handler;
static pthread_t expected_thread;
static void handler(int signal) { seen_in_handler = pthread_equal(pthread_self(), expected_thread) ? signal : -1; }

static void *wait_for_signal(void *argument) {
    (void)argument;
    while (!seen_in_handler) usleep(1000);
    return NULL;
}

static void *call_exit(void *argument) {
    usleep(1000);
    exit((int)(long)argument);
}

static void *sleep_long(void *argument) {
    for (;;) sleep(1000);
    return argument;
}

static void *crash(void *argument) {
    usleep(1000);
    *(volatile int *)argument = 1;
    return NULL;
}

static void *end_first(void *argument) {
    usleep(20000);
    printf("the first thread has gone\n");
    return argument;
}

static void *become_true(void *argument) {
    (void)argument;
    sleep_long(NULL);
    return NULL;
}

static int status_after(void *(*body)(void *), void *argument, int how) {
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        pthread_t thread, other;
        pthread_create(&other, NULL, how == 2 ? end_first : sleep_long, NULL);
        if (body) pthread_create(&thread, NULL, body, argument);
        if (how == 1) execl("/bin/sh", "sh", "-c", "exit 6", (char *)NULL);
        if (how == 2) pthread_exit(NULL);
        for (;;) sleep(1000);
    }
    int status;
    waitpid(child, &status, 0);
    return status;
}

static void processes(void) {
    pthread_t thread;
    signal(SIGUSR1, handler);
    pthread_create(&thread, NULL, wait_for_signal, NULL);
    expected_thread = thread;
    printf("kill: %d\n", pthread_kill(thread, SIGUSR1));
    pthread_join(thread, NULL);
    printf("handled by the right one: %d\n", seen_in_handler == SIGUSR1);
    printf("exit in a thread: %d\n", WEXITSTATUS(status_after(call_exit, (void *)7L, 0)));
    printf("fault in a thread: %d\n", WTERMSIG(status_after(crash, NULL, 0)));
    printf("exec: %d\n", WEXITSTATUS(status_after(become_true, NULL, 1)));
    printf("pthread_exit in main: %d\n", WEXITSTATUS(status_after(NULL, NULL, 2)));
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    int failures = 0;
    for (int i = 0; i < 200; i++) {
        failures += pthread_create(&thread, &attributes, twice, NULL) != 0;
        if (i % 10 == 9) usleep(5000);
    }
    printf("detached: %d failures\n", failures);
}

static void *many_lines(void *argument) {
    for (int i = 0; i < 50; i++) {
        char *block = malloc(100 + (size_t)i);
        memset(block, i, 100);
        free(block);
        printf("%s %s\n", (const char *)argument, (const char *)argument);
    }
    return NULL;
}

static void output(void) {
    fflush(stdout);
    int ends[2];
    pipe(ends);
    if (fork() == 0) {
        dup2(ends[1], 1);
        close(ends[0]);
        close(ends[1]);
        pthread_t a, b;
        pthread_create(&a, NULL, many_lines, "aaaaaaaaaa");
        pthread_create(&b, NULL, many_lines, "bbbbbbbbbb");
        pthread_join(a, NULL);
        pthread_join(b, NULL);
        exit(0);
    }
    close(ends[1]);
    FILE *in = fdopen(ends[0], "r");
    char line[100];
    int as = 0, bs = 0, others = 0;
    while (fgets(line, sizeof line, in)) {
        if (strcmp(line, "aaaaaaaaaa aaaaaaaaaa\n") == 0) as++;
        else if (strcmp(line, "bbbbbbbbbb bbbbbbbbbb\n") == 0) bs++;
        else others++;
    }
    wait(NULL);
    printf("lines %d %d %d\n", as, bs, others);
}

// ---- another program, from a thread: while the first thread waits, reads, computes or has ended

static void *become_another_program(void *unused) {
    execl("/bin/sh", "sh", "-c", "echo from a thread; exit 3", (char *)NULL);
    return unused;
}

// Not every policy takes the CPU from one that computes.
static void *compute(void *unused) {
    for (;;) {
        if (++counter % 1000 == 0) sched_yield();
    }
    return unused;
}

static void execute_in_thread(int way) {
    pthread_t thread, other;
    int ends[2];
    char byte;
    pipe(ends);
    pthread_create(&other, NULL, compute, NULL);
    pthread_create(&thread, NULL, become_another_program, NULL);
    if (way == 0) pthread_join(thread, NULL);
    if (way == 1) read(ends[0], &byte, 1);
    if (way == 2) compute(NULL);
    pthread_exit(NULL);
}

static void other_programs(void) {
    for (int way = 0; way < 4; way++) {
        fflush(stdout);
        const pid_t child = fork();
        if (child == 0) execute_in_thread(way);
        int status = 0;
        const pid_t ended = waitpid(child, &status, 0);
        printf("%d: %d, exit %d\n", way, ended == child, WEXITSTATUS(status));
    }
}

int main(void) {
    create_and_join();
    mutual_exclusion();
    producers_and_consumers();
    semaphores();
    together();
    locals();
    processes();
    other_programs();
    output();
    return 0;
}
