#pragma once

#include <string.h>
#include <sys/types.h>

#define FD_SETSIZE 64

typedef struct {
    unsigned bits[FD_SETSIZE / 32];
} fd_set;

#define FD_ZERO(set) memset((set), 0, sizeof(fd_set))
#define FD_SET(descriptor, set) ((set)->bits[(descriptor) / 32] |= 1u << (descriptor) % 32)
#define FD_CLR(descriptor, set) ((set)->bits[(descriptor) / 32] &= ~(1u << (descriptor) % 32))
#define FD_ISSET(descriptor, set) (((set)->bits[(descriptor) / 32] >> (descriptor) % 32 & 1) != 0)

int select(int count, fd_set *__restrict readable, fd_set *__restrict writable, fd_set *__restrict exceptional,
           struct timeval *__restrict timeout);
int pselect(int count, fd_set *__restrict readable, fd_set *__restrict writable, fd_set *__restrict exceptional,
            const struct timespec *__restrict timeout, const sigset_t *__restrict mask);
