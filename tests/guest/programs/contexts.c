// Threads of a program's own, with ucontext.h: they hand over to each other, end, and block signals on their own.

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

enum { THREADS = 3, STACK = 16384 };

static ucontext_t scheduler, threads[THREADS];
static int running[THREADS], current;
static double results[THREADS];

static void yield(void) { swapcontext(&threads[current], &scheduler); }

static void work(int number, int rounds, int factor) {
    double sum = number;
    for (int i = 0; i < rounds; ++i) {
        printf("thread %d, round %d\n", number, i);
        yield();
        sum = sum * factor + 0.5;
    }
    results[number] = sum;
    running[number] = 0;
}

static void blocks_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    yield();
    sigprocmask(SIG_BLOCK, NULL, &set);
    printf("still blocked: %d\n", sigismember(&set, SIGUSR1));
    running[current] = 0;
}

static void start(int number, void (*function)(void), int count, int a, int b) {
    getcontext(&threads[number]);
    threads[number].uc_stack.ss_sp = malloc(STACK);
    threads[number].uc_stack.ss_size = STACK;
    threads[number].uc_link = &scheduler;
    running[number] = 1;
    makecontext(&threads[number], function, count, number, a, b);
}

static int is_blocked(void) {
    sigset_t set;
    sigprocmask(SIG_BLOCK, NULL, &set);
    return sigismember(&set, SIGUSR1);
}

int main(void) {
    start(0, (void (*)(void))work, 3, 4, 2);
    start(1, (void (*)(void))work, 3, 2, 3);
    start(2, blocks_signals, 0, 0, 0);
    for (int left = 1; left > 0;) {
        left = 0;
        for (current = 0; current < THREADS; ++current) {
            if (!running[current]) continue;
            swapcontext(&scheduler, &threads[current]);
            left += running[current];
        }
        printf("a turn, %d left, blocked here: %d\n", left, is_blocked());
    }
    printf("%g %g\n", results[0], results[1]);
    ucontext_t place;
    volatile int times = 0;
    getcontext(&place);
    printf("time %d\n", ++times);
    if (times < 3) setcontext(&place);
    ucontext_t end;
    getcontext(&end);
    end.uc_stack = threads[0].uc_stack;
    end.uc_link = NULL;
    makecontext(&end, (void (*)(void))exit, 1, 3);
    setcontext(&end);
    return 1;
}
