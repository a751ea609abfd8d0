#pragma once

#include <peach/poll.h>

typedef unsigned nfds_t;

int poll(struct pollfd *asked, nfds_t count, int milliseconds);
