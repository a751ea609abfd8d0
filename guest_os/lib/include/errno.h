#pragma once

#include <peach/errno.h>

#define EWOULDBLOCK EAGAIN

extern int errno;
#define errno errno
