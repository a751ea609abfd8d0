#pragma once

#include <peach/fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>

int open(const char *path, int flags, ... /* mode_t mode, with O_CREAT */);
int creat(const char *path, mode_t mode);
int fcntl(int descriptor, int command, ... /* int argument */);
