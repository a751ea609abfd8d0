#pragma once
// Sending and ignoring signals. Not modelled yet: handlers; signal() refuses them with ENOSYS.

#include <peach/signal.h>
#include <sys/types.h>

typedef int sig_atomic_t;
typedef void (*sighandler_t)(int);

#define SIG_DFL ((sighandler_t)SIGNAL_DEFAULT)
#define SIG_IGN ((sighandler_t)SIGNAL_IGNORE)
#define SIG_ERR ((sighandler_t)-1)

int kill(pid_t pid, int signal);
int killpg(pid_t group, int signal);
int raise(int signal);
sighandler_t signal(int signal, sighandler_t handler);
