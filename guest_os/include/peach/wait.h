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
#define WUNTRACED 2  // accepted; nothing stops yet

#define WEXITSTATUS(status) (((status) >> 8) & 0xFF)
#define WTERMSIG(status) ((status) & 0x7F)
#define WIFEXITED(status) (WTERMSIG(status) == 0)
#define WIFSIGNALED(status) (WTERMSIG(status) != 0)
