// Threads that count together, with atomics, a spin lock, a barrier, and variables of their own.

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static atomic_int counter;
static atomic_flag spin = ATOMIC_FLAG_INIT;
static int plain;
static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t bar;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static __thread int tls;
static _Thread_local int tls2 = 7;
static void init(void) {
    printf("once\n");
}
static void destructor(void* p) {
    free(p);
}
static void* work(void* arg) {
    int id = (int)(long)arg;
    pthread_once(&once, init);
    tls = id;
    tls2 += id;
    pthread_setspecific(key, malloc(10));
    for (int i = 0; i < 1000; i++) {
        atomic_fetch_add(&counter, 1);
        while (atomic_flag_test_and_set(&spin)) sched_yield();
        plain++;
        atomic_flag_clear(&spin);
    }
    pthread_barrier_wait(&bar);
    pthread_rwlock_rdlock(&rw);
    int v = plain;
    pthread_rwlock_unlock(&rw);
    return (void*)(long)(v + tls - id + tls2 - id);
}
int main(void) {
    pthread_t t[4];
    pthread_barrier_init(&bar, NULL, 4);
    pthread_key_create(&key, destructor);
    for (long i = 0; i < 4; i++) {
        int e = pthread_create(&t[i], NULL, work, (void*)i);
        if (e) {
            printf("create %s\n", strerror(e));
            return 1;
        }
    }
    for (int i = 0; i < 4; i++) {
        void* r;
        pthread_join(t[i], &r);
        printf("%ld\n", (long)r);
    }
    printf("%d %d\n", atomic_load(&counter), plain);
    pthread_mutex_t m;
    pthread_mutexattr_t at;
    pthread_mutexattr_init(&at);
    pthread_mutexattr_settype(&at, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&m, &at);
    pthread_mutex_lock(&m);
    printf("%s\n", strerror(pthread_mutex_lock(&m)));
    printf("try %s\n", strerror(pthread_mutex_trylock(&m)));
    pthread_mutex_unlock(&m);
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    ts.tv_nsec += 20000000;
    if (ts.tv_nsec >= 1000000000) {
        ts.tv_sec++;
        ts.tv_nsec -= 1000000000;
    }
    pthread_cond_t c;
    pthread_cond_init(&c, NULL);
    pthread_mutex_t m2 = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&m2);
    printf("timedwait %s\n", strerror(pthread_cond_timedwait(&c, &m2, &ts)));
    return 0;
}
