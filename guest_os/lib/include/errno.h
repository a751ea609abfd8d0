#pragma once

#include <peach/errno.h>

#define EWOULDBLOCK EAGAIN

int *__errno_location(void);  // each thread has its own
#define errno (*__errno_location())
