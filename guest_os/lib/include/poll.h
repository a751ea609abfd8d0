#pragma once

#include <peach/poll.h>
#include <sys/types.h>

typedef unsigned nfds_t;

int poll(struct pollfd *asked, nfds_t count, int milliseconds);
int ppoll(struct pollfd *asked, nfds_t count, const struct timespec *timeout, const sigset_t *mask);
