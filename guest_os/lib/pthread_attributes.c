// What a thread shall have from its beginning.

#include <errno.h>
#include <pthread.h>

enum { USUAL_STACK = 1 << 20 };

int pthread_attr_init(pthread_attr_t *attributes) {
    *attributes = (pthread_attr_t){.stack_size = USUAL_STACK};
    return 0;
}

int pthread_attr_destroy(pthread_attr_t *attributes) {
    (void)attributes;
    return 0;
}

int pthread_attr_setdetachstate(pthread_attr_t *attributes, int state) {
    attributes->detached = state;
    return 0;
}

int pthread_attr_getdetachstate(const pthread_attr_t *attributes, int *state) {
    *state = attributes->detached;
    return 0;
}

int pthread_attr_setstacksize(pthread_attr_t *attributes, size_t size) {
    if (size < PTHREAD_STACK_MIN) return EINVAL;
    attributes->stack_size = size;
    return 0;
}

int pthread_attr_getstacksize(const pthread_attr_t *attributes, size_t *size) {
    *size = attributes->stack_size;
    return 0;
}
