// How threads begin and end: who can be joined, how many there may be, and what stacks they have.

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void report(const char *what, pid_t child) {
    int status;
    waitpid(child, &status, 0);
    if (WIFEXITED(status)) printf("%s: exit %d\n", what, WEXITSTATUS(status));
    else printf("%s: signal %d\n", what, WTERMSIG(status));
}

// ---- the first thread can be joined as well ----

static pthread_t first;

static void *join_first(void *unused) {
    void *result;
    const int error = pthread_join(first, &result);
    printf("the first thread: %d %ld\n", error, (long)result);
    return unused;
}

static void joining_the_first(void) {
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        pthread_t thread;
        alarm(100);
        first = pthread_self();
        pthread_create(&thread, NULL, join_first, NULL);
        pthread_exit((void *)42L);
    }
    report("joined", child);
}

// ---- many ----

enum { AT_ONCE = 30, AFTER_ANOTHER = 100 };
static pthread_barrier_t all_are_here;

static void *twice(void *argument) { return (void *)((long)argument * 2); }

static void *twice_together(void *argument) {
    pthread_barrier_wait(&all_are_here);
    return twice(argument);
}

static void many(void) {
    pthread_t threads[AT_ONCE], thread;
    void *result;
    int errors = 0;
    long sum = 0;
    for (long i = 0; i < AFTER_ANOTHER; i++) {
        errors += pthread_create(&thread, NULL, twice, (void *)i) != 0;
        errors += pthread_join(thread, &result) != 0;
        sum += (long)result;
    }
    printf("one after another: %d errors, sum %ld\n", errors, sum);
    pthread_barrier_init(&all_are_here, NULL, AT_ONCE);
    sum = 0;
    for (long i = 0; i < AT_ONCE; i++) errors += pthread_create(&threads[i], NULL, twice_together, (void *)i) != 0;
    for (int i = 0; i < AT_ONCE; i++) {
        errors += pthread_join(threads[i], &result) != 0;
        sum += (long)result;
    }
    printf("at once: %d errors, sum %ld\n", errors, sum);
}

static void *detach_myself(void *unused) {
    pthread_detach(pthread_self());
    return unused;
}

static void *end_detached(void *counter) {
    __atomic_fetch_add((int *)counter, 1, __ATOMIC_SEQ_CST);
    return NULL;
}

static void detached(void) {
    int errors = 0, counter = 0;
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    for (int i = 0; i < 50; i++) {
        errors += pthread_create(&thread, NULL, detach_myself, NULL) != 0;
        errors += pthread_create(&thread, &attributes, end_detached, &counter) != 0;
        while (__atomic_load_n(&counter, __ATOMIC_SEQ_CST) <= i) usleep(1000);
    }
    printf("detached: %d errors, counted %d\n", errors, counter);
}

// ---- stacks ----

__attribute__((noinline)) static long fill(volatile char *bytes, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) bytes[i] = 1;
    for (int i = 0; i < count; i++) sum += bytes[i];
    return sum;
}

static void *use_much(void *unused) {
    (void)unused;
    char bytes[500000];
    return (void *)fill(bytes, sizeof bytes);
}

static void *use_more(void *unused) {
    (void)unused;
    char bytes[1500000];
    return (void *)fill(bytes, sizeof bytes);
}

__attribute__((noinline)) static int descend(int depth) {
    volatile char bytes[1000];
    bytes[0] = (char)depth;
    return depth < 0 ? 0 : descend(depth + 1) + bytes[0];
}

static void *descend_for_ever(void *unused) {
    (void)unused;
    return (void *)(long)descend(0);
}

static void *run(const pthread_attr_t *attributes, void *(*body)(void *)) {
    pthread_t thread;
    void *result = NULL;
    const int error = pthread_create(&thread, attributes, body, NULL);
    if (error != 0) return (void *)(long)-error;
    pthread_join(thread, &result);
    return result;
}

static void stacks(void) {
    pthread_attr_t attributes;
    size_t size;
    pthread_attr_init(&attributes);
    printf("the usual stack: %ld\n", (long)run(&attributes, use_much));
    printf("no attributes: %ld\n", (long)run(NULL, use_much));
    printf("setstacksize: %d %d\n", pthread_attr_setstacksize(&attributes, 1),
           pthread_attr_setstacksize(&attributes, 1600000));
    pthread_attr_getstacksize(&attributes, &size);
    printf("a large stack of %d: %ld\n", (int)size, (long)run(&attributes, use_more));

    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        pthread_attr_setstacksize(&attributes, 65536);
        run(&attributes, descend_for_ever);
        _exit(0);
    }
    report("a stack that grows too long", child);
}

int main(void) {
    joining_the_first();
    many();
    detached();
    stacks();
    printf("self: %d\n", pthread_join(pthread_self(), NULL) == EDEADLK);
    return 0;
}
