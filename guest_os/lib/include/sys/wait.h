#pragma once

#include <peach/signal.h>  // siginfo_t
#include <peach/wait.h>
#include <sys/resource.h>
#include <sys/types.h>

#define WEXITED 4
#define WSTOPPED WUNTRACED

typedef enum { P_ALL, P_PID, P_PGID } idtype_t;

pid_t wait(int *status);
// Not modelled: WNOWAIT, and to leave out WEXITED.
int waitid(idtype_t type, id_t id, siginfo_t *information, int options);
pid_t waitpid(pid_t pid, int *status, int options);
pid_t wait3(int *status, int options, struct rusage *usage);  // what this child has used, with its own children
pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage);
