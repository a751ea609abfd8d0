// Memory that processes share: a mapping made before fork, with semaphores, mutexes and condition variables in it; and
// private copies of files.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGES = 3, PAGE = 4096, ROUNDS = 200 };

static void *shared_pages(void) {
    return mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

static void seen_by_both(void) {
    char *shared = shared_pages(), *own = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    shared[0] = own[0] = 'a';
    if (fork() == 0) {
        if (fork() == 0) {
            shared[2 * PAGE] = 'd';
            _exit(0);
        }
        wait(NULL);
        shared[0] = own[0] = 'b';
        shared[PAGE] = 'c';  // a page that nobody has touched yet
        _exit(0);
    }
    wait(NULL);
    printf("shared %c %c %c, private %c\n", shared[0], shared[PAGE], shared[2 * PAGE], own[0]);
    mprotect(shared, PAGE, PROT_READ);
    mprotect(shared, PAGE, PROT_READ | PROT_WRITE);
    if (fork() == 0) {
        shared[0] = 'e';
        _exit(0);
    }
    wait(NULL);
    printf("still shared %c\n", shared[0]);
    munmap(shared, PAGES * PAGE);
}

struct ring {
    sem_t free_places, filled, mutex;
    int places[4], from, to;
};

static void producer_and_consumers(void) {
    struct ring *ring = shared_pages();
    long *sums = (long *)(ring + 1);
    sem_init(&ring->free_places, 1, 4);
    sem_init(&ring->filled, 1, 0);
    sem_init(&ring->mutex, 1, 1);
    fflush(stdout);
    for (int i = 0; i < 2; ++i) {
        if (fork() != 0) continue;
        for (int k = 0; k < ROUNDS / 2; ++k) {
            sem_wait(&ring->filled);
            sem_wait(&ring->mutex);
            sums[i] += ring->places[ring->from++ % 4];
            sem_post(&ring->mutex);
            sem_post(&ring->free_places);
        }
        _exit(0);
    }
    for (int k = 0; k < ROUNDS; ++k) {
        sem_wait(&ring->free_places);
        ring->places[ring->to++ % 4] = k;
        sem_post(&ring->filled);
    }
    while (wait(NULL) > 0) continue;
    printf("sum %ld\n", sums[0] + sums[1]);
}

struct turns {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    int turn, count;
};

static void mutex_and_condition(void) {
    struct turns *turns = shared_pages();
    pthread_mutexattr_t mutex;
    pthread_condattr_t condition;
    pthread_mutexattr_init(&mutex);
    pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
    pthread_condattr_init(&condition);
    pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&turns->mutex, &mutex);
    pthread_cond_init(&turns->changed, &condition);
    fflush(stdout);
    const int me = fork() == 0;
    for (int i = 0; i < 50; ++i) {
        pthread_mutex_lock(&turns->mutex);
        while (turns->turn != me) pthread_cond_wait(&turns->changed, &turns->mutex);
        turns->turn = !me;
        ++turns->count;
        pthread_cond_signal(&turns->changed);
        pthread_mutex_unlock(&turns->mutex);
    }
    if (me) _exit(0);
    wait(NULL);
    printf("%d turns\n", turns->count);
}

static void files(void) {
    const int file = open("mapped", O_RDWR | O_CREAT | O_TRUNC, 0644);
    write(file, "contents of the file", 20);
    char *copy = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    printf("%.20s %d\n", copy, copy[20]);
    copy[0] = 'C';
    char text[9] = "";
    pread(file, text, 8, 0);
    printf("file %s, copy %.8s\n", text, copy);
    printf("%d: %s\n", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, file, 1) == MAP_FAILED, strerror(errno));
    printf("%d: %s\n", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, 99, 0) == MAP_FAILED, strerror(errno));
    printf("%d: %s\n", mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED, strerror(errno));

    pwrite(file, "12345", 5, 30);
    pread(file, text, 8, 28);
    printf("%d %d %s at %d\n", text[0], text[1], text + 2, (int)lseek(file, 0, SEEK_CUR));
    int ends[2];
    pipe(ends);
    printf("pipe %d: %s\n", (int)pread(ends[0], text, 1, 0), strerror(errno));
    printf("before the file %d: %s\n", (int)pread(file, text, 1, -1), strerror(errno));
}

int main(void) {
    seen_by_both();
    producer_and_consumers();
    mutex_and_condition();
    files();
    return 0;
}
