// philosophers [-d] [meals]: five threads, five forks (mutexes), each philosopher needs two. Everyone takes the fork with
// the lower number first, so nobody waits in a circle. With -d everyone takes the left one first: sooner or later they
// may all wait for each other for ever, which is called a deadlock; ^C ends it.

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/lines.h"

enum { PHILOSOPHERS = 5 };

static pthread_mutex_t forks[PHILOSOPHERS];
static bool careless;
static long meals = 3;
static long eaten[PHILOSOPHERS];

static void *dine(void *argument) {
    const int self = (int)(long)argument, left = self, right = (self + 1) % PHILOSOPHERS;
    const int first = careless || left < right ? left : right, second = first == left ? right : left;
    for (long i = 0; i < meals; ++i) {
        pthread_mutex_lock(&forks[first]);
        if (careless) sched_yield();
        pthread_mutex_lock(&forks[second]);
        ++eaten[self];
        pthread_mutex_unlock(&forks[second]);
        pthread_mutex_unlock(&forks[first]);
        sched_yield();
    }
    return NULL;
}

int main(int argc, char *argv[]) {
    for (int option; (option = getopt(argc, argv, "d")) != -1;) {
        if (option == '?') {
            fprintf(stderr, "usage: philosophers [-d] [meals]\n");
            return 2;
        }
        careless = true;
    }
    if (optind < argc) meals = number_or_exit("philosophers", argv[optind], 2);
    pthread_t threads[PHILOSOPHERS];
    for (int i = 0; i < PHILOSOPHERS; ++i) pthread_mutex_init(&forks[i], NULL);
    for (long i = 0; i < PHILOSOPHERS; ++i) {
        if (pthread_create(&threads[i], NULL, dine, (void *)i) != 0) return report("philosophers", "thread") + 1;
    }
    for (int i = 0; i < PHILOSOPHERS; ++i) pthread_join(threads[i], NULL);
    for (int i = 0; i < PHILOSOPHERS; ++i) printf("philosopher %d ate %ld times\n", i, eaten[i]);
    return 0;
}
