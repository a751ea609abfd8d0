#pragma once

#include <stddef.h>
#include <stdint.h>

typedef int ssize_t;
typedef int pid_t;
typedef int off_t;
typedef unsigned mode_t;
typedef unsigned ino_t;
typedef unsigned dev_t;
typedef unsigned nlink_t;
typedef unsigned uid_t;
typedef unsigned gid_t;
typedef unsigned blksize_t;
typedef unsigned blkcnt_t;
typedef long time_t;
typedef long clock_t;
typedef unsigned useconds_t;
