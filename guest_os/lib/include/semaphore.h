#pragma once

#include <time.h>

typedef struct {
    unsigned value;
} sem_t;

#define SEM_VALUE_MAX 0x7FFFFFFF
#define SEM_FAILED ((sem_t *)0)

int sem_init(sem_t *semaphore, int shared, unsigned value);
int sem_destroy(sem_t *semaphore);
int sem_wait(sem_t *semaphore);
int sem_trywait(sem_t *semaphore);
int sem_timedwait(sem_t *semaphore, const struct timespec *limit);
int sem_post(sem_t *semaphore);
int sem_getvalue(sem_t *semaphore, int *value);
