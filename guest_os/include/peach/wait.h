#pragma once
// The status that waitpid() stores, shared by kernel and libc. <sys/wait.h> makes the usual macros of these.
//
//      15       8 7 6      0
//     +----------+-+--------+
//     | exit     |0| signal |     signal 0: the process called exit(); else the signal that ended it
//     +----------+-+--------+

#define WAIT_STATUS_EXITED(exit_status) (((exit_status) & 0xFF) << 8)
#define WAIT_STATUS_KILLED(signal) ((signal) & 0x7F)

#define WNOHANG 1    // return 0 at once if no child has ended
#define WUNTRACED 2  // tell of a child that has stopped, too
#define WCONTINUED 8  // tell of a stopped child that goes on, too

#define WEXITSTATUS(status) (((status) >> 8) & 0xFF)
#define WTERMSIG(status) ((status) & 0x7F)
#define WIFEXITED(status) (WTERMSIG(status) == 0)
#define WIFSTOPPED(status) (((status) & 0xFF) == 0x7F)
#define WSTOPSIG(status) WEXITSTATUS(status)
#define WIFCONTINUED(status) ((status) == 0xFFFF)
#define WIFSIGNALED(status) (WTERMSIG(status) != 0 && WTERMSIG(status) != 0x7F)
