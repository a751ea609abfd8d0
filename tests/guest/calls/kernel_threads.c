// The calls that threads are made of, without pthreads.

#include <errno.h>
#include <sched.h>
#include <signal.h>

#include "check.h"

int thread_create(void *pc, void *sp, void *argument, void *tp);
int thread_exit(unsigned *word);
int gettid(void);
int futex_wait(const unsigned *word, unsigned value, const unsigned long long *limit);
int futex_wake(const unsigned *word, int most);
int thread_kill(int thread, int signal);

static unsigned alive, gate, rounds;
static volatile int number;
static char stack[8192] __attribute__((aligned(16)));

static void wait_while(unsigned *word, unsigned value) {
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) == value) futex_wait(word, value, NULL);
}

static void work(unsigned *argument) {
    number = gettid();
    wait_while(&gate, 0);
    for (unsigned i = 0; i < *argument; i++) __atomic_fetch_add(&rounds, 1, __ATOMIC_RELAXED);
    thread_exit(&alive);
}

static void a_thread(void) {
    unsigned most = 1000;
    alive = 1;
    gate = rounds = 0;
    const int thread = thread_create((void *)work, stack + sizeof stack, &most, NULL);
    CHECK(thread > 0 && gettid() == getpid());
    while (number == 0) sched_yield();
    CHECK(number == thread && thread != getpid());
    CHECK(thread_kill(thread, 0) == 0 && FAILS(thread_kill(30000, 0), ESRCH) && FAILS(thread_kill(thread, 99), EINVAL));
    __atomic_store_n(&gate, 1, __ATOMIC_RELEASE);
    futex_wake(&gate, 1);
    wait_while(&alive, 1);
    CHECK(rounds == most);
}

static void words(void) {
    unsigned word = 5;
    unsigned long long limit;
    clock_cycles(&limit);
    limit += 2000;
    CHECK(FAILS(futex_wait(&word, 4, NULL), EAGAIN));
    CHECK(FAILS(futex_wait(&word, 5, &limit), ETIMEDOUT));
    CHECK(futex_wake(&word, 10) == 0);
    CHECK(FAILS(futex_wait((unsigned *)0x40000000, 0, NULL), EFAULT));
}

int main(void) {
    a_thread();
    words();
    return report();
}
