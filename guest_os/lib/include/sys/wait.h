#pragma once

#include <peach/wait.h>
#include <sys/resource.h>
#include <sys/types.h>

pid_t wait(int *status);
pid_t waitpid(pid_t pid, int *status, int options);
pid_t wait3(int *status, int options, struct rusage *usage);  // what this child has used, with its own children
pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage);
