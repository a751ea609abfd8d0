// fork() in a process with threads: the child has one, and everything is in order there.

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void farewell(void) { printf("[atexit]"); }

static void report(pid_t child) {
    int status;
    waitpid(child, &status, 0);
    if (WIFEXITED(status)) printf(" exit %d\n", WEXITSTATUS(status));
    else printf(" signal %d\n", WTERMSIG(status));
    fflush(stdout);
}

// ---- the end of the child ----

static void *child_returns(void *unused) {
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        printf("what the child's thread has written");
        return unused;
    }
    report(child);
    return unused;
}

static void *sleep_long(void *unused) {
    for (;;) sleep(1000);
    return unused;
}

static void ends(void) {
    pthread_t thread, sleeper;
    pthread_create(&sleeper, NULL, sleep_long, NULL);
    pthread_create(&thread, NULL, child_returns, NULL);
    pthread_join(thread, NULL);
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        alarm(100);
        printf("pthread_exit in a child that has no other threads");
        pthread_exit(NULL);
    }
    report(child);
}

// ---- threads of the child ----

static void *twice(void *argument) { return (void *)((long)argument * 2); }

static void *join_it(void *thread) {
    void *result;
    const int error = pthread_join(*(pthread_t *)thread, &result);
    printf(", the one that forked is joined: %d %ld", error, (long)result);
    return NULL;
}

static void *child_has_threads(void *unused) {
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        static pthread_t me;
        pthread_t threads[3], joiner;
        long sum = 0;
        me = pthread_self();
        for (long i = 0; i < 3; i++) pthread_create(&threads[i], NULL, twice, (void *)i);
        for (int i = 0; i < 3; i++) {
            void *result;
            pthread_join(threads[i], &result);
            sum += (long)result;
        }
        printf("sum %ld, kill %d", sum, pthread_kill(pthread_self(), 0));
        pthread_create(&joiner, NULL, join_it, &me);
        pthread_exit((void *)42L);
    }
    report(child);
    return unused;
}

static void in_the_child(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, child_has_threads, NULL);
    pthread_join(thread, NULL);
}

// ---- locks of the library ----

static volatile int stop;
static _Atomic unsigned long long steps;  // libc has a lock for these

static void *count_steps(void *unused) {
    while (!stop) {
        for (int i = 0; i < 50; i++) steps++;
        sched_yield();  // under some policies nobody else would ever run
    }
    return unused;
}

static void *allocate_and_write(void *file) {
    while (!stop) {
        char *block = malloc(100);
        memset(block, 1, 100);
        fprintf(file, "%d", block[50]);
        free(block);
        FILE *other = fopen("/dev/null", "w");
        fclose(other);
        sched_yield();
    }
    return NULL;
}

static void locks(void) {
    pthread_t threads[2], counter;
    FILE *file = fopen("/dev/null", "w");
    for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, allocate_and_write, file);
    pthread_create(&counter, NULL, count_steps, NULL);
    int ended = 0;
    for (int i = 0; i < 20; i++) {
        const pid_t child = fork();
        if (child == 0) {
            alarm(100);
            for (int j = 0; j < 5; j++) free(malloc(1000));
            steps++;
            fprintf(file, "%d", i);
            fclose(fopen("/dev/null", "w"));
            _exit(fflush(NULL));
        }
        int status;
        waitpid(child, &status, 0);
        ended += WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    stop = 1;
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    pthread_join(counter, NULL);
    fclose(file);
    printf("locks: %d children\n", ended);
}

// A thread that waits for input has the file; that must not keep another from fork().
static FILE *input;
static void *wait_for_input(void *unused) {
    getc(input);
    return unused;
}

static void a_file_in_use(void) {
    int pipe_ends[2];
    pthread_t thread;
    pipe(pipe_ends);
    input = fdopen(pipe_ends[0], "r");
    pthread_create(&thread, NULL, wait_for_input, NULL);
    usleep(20000);
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        close(pipe_ends[1]);
        _exit(ungetc('x', input) != 'x' || getc(input) != 'x');
    }
    printf("a file in use:");
    report(child);
    write(pipe_ends[1], "x", 1);
    pthread_join(thread, NULL);
    fclose(input);
    close(pipe_ends[1]);
}

// ---- who is told ----

static void before_1(void) { printf("[before 1]"); }
static void before_2(void) { printf("[before 2]"); }
static void parent_1(void) { printf("[parent 1]"); }
static void parent_2(void) { printf("[parent 2]"); }
static void child_1(void) { printf("[child 1]"); }
static void child_2(void) { printf("[child 2]"); }

static void handlers(void) {
    printf("atfork: %d", pthread_atfork(before_1, parent_1, child_1));
    printf(" %d", pthread_atfork(before_2, parent_2, child_2));
    printf(" %d\n", pthread_atfork(NULL, NULL, NULL));
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        printf("\n");
        exit(0);
    }
    waitpid(child, NULL, 0);
    printf("\n");
    fflush(stdout);
}

int main(void) {
    locks();
    a_file_in_use();
    atexit(farewell);
    handlers();
    ends();
    in_the_child();
    printf("\n");
    return 0;
}
