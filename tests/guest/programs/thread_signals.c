// Signals and threads: which thread acts.

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 4, ROUNDS = 25 };

// ---- raise(): the thread itself, before it goes on ----

static _Thread_local int handled;
static void note(int signal) { handled += signal == SIGUSR1; }

static void *raise_often(void *argument) {
    int right = 0;
    for (int i = 1; i <= ROUNDS; i++) right += raise(SIGUSR1) == 0 && handled == i;
    return (void *)((long)argument + right);
}

static void *raise_blocked(void *argument) {
    sigset_t set, pending;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR1);
    sigpending(&pending);
    const int waits = handled == 0 && sigismember(&pending, SIGUSR1);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    *(int *)argument = waits && handled == 1;
    return NULL;
}

static void raising(void) {
    pthread_t threads[THREADS];
    signal(SIGUSR1, note);
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, raise_often, NULL);
    long right = (long)raise_often(NULL);
    for (int i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(threads[i], &result);
        right += (long)result;
    }
    int waited = 0;
    pthread_create(&threads[0], NULL, raise_blocked, &waited);
    pthread_join(threads[0], NULL);
    printf("raise: %ld of %d right, blocked ones wait: %d\n", right, (THREADS + 1) * ROUNDS, waited);
    printf("no such signal: %d\n", raise(1000) != 0);
}

int main(void) {
    raising();
    return 0;
}
