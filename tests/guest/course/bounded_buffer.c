// Producer and consumers around a bounded buffer: with condition variables, then with semaphores.

#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#define MAX 4
static int buffer[MAX];
static int fill_ptr, use_ptr, count;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t empty = PTHREAD_COND_INITIALIZER, fill = PTHREAD_COND_INITIALIZER;
static sem_t s_empty, s_full, s_mutex;
static int loops = 200;
static void put(int v) {
    buffer[fill_ptr] = v;
    fill_ptr = (fill_ptr + 1) % MAX;
    count++;
}
static int get(void) {
    int t = buffer[use_ptr];
    use_ptr = (use_ptr + 1) % MAX;
    count--;
    return t;
}
static void* producer(void* arg) {
    (void)arg;
    for (int i = 0; i < loops; i++) {
        pthread_mutex_lock(&mutex);
        while (count == MAX) pthread_cond_wait(&empty, &mutex);
        put(i);
        pthread_cond_signal(&fill);
        pthread_mutex_unlock(&mutex);
    }
    return NULL;
}
static void* consumer(void* arg) {
    long sum = 0;
    int n = *(int*)arg;
    for (int i = 0; i < n; i++) {
        pthread_mutex_lock(&mutex);
        while (count == 0) pthread_cond_wait(&fill, &mutex);
        sum += get();
        pthread_cond_signal(&empty);
        pthread_mutex_unlock(&mutex);
    }
    return (void*)sum;
}
static void* sproducer(void* arg) {
    (void)arg;
    for (int i = 0; i < loops; i++) {
        sem_wait(&s_empty);
        sem_wait(&s_mutex);
        put(i);
        sem_post(&s_mutex);
        sem_post(&s_full);
    }
    return NULL;
}
static void* sconsumer(void* arg) {
    long sum = 0;
    int n = *(int*)arg;
    for (int i = 0; i < n; i++) {
        sem_wait(&s_full);
        sem_wait(&s_mutex);
        sum += get();
        sem_post(&s_mutex);
        sem_post(&s_empty);
    }
    return (void*)sum;
}
int main(void) {
    pthread_t p, c1, c2;
    int half = loops / 2;
    void *r1, *r2;
    pthread_create(&p, NULL, producer, NULL);
    pthread_create(&c1, NULL, consumer, &half);
    pthread_create(&c2, NULL, consumer, &half);
    pthread_join(p, NULL);
    pthread_join(c1, &r1);
    pthread_join(c2, &r2);
    printf("sum %ld\n", (long)r1 + (long)r2);
    sem_init(&s_empty, 0, MAX);
    sem_init(&s_full, 0, 0);
    sem_init(&s_mutex, 0, 1);
    pthread_create(&p, NULL, sproducer, NULL);
    pthread_create(&c1, NULL, sconsumer, &half);
    pthread_create(&c2, NULL, sconsumer, &half);
    pthread_join(p, NULL);
    pthread_join(c1, &r1);
    pthread_join(c2, &r2);
    int v;
    sem_getvalue(&s_empty, &v);
    printf("sum %ld empty %d\n", (long)r1 + (long)r2, v);
    sem_destroy(&s_empty);
    return 0;
}
