#pragma once
// The status that waitpid() stores, shared by kernel and libc. <sys/wait.h> makes the usual macros of these.
//
//      15       8 7 6      0
//     +----------+-+--------+
//     | exit     |0|      0 |   the process called exit()
//     |        0 |0| signal |   a signal ended it
//     | signal   |0|   0x7F |   a signal stopped it
//     |     0xFF |1|   0x7F |   it continues
//     +----------+-+--------+

#define WAIT_STATUS_EXITED(exit_status) (((exit_status) & 0xFF) << 8)
#define WAIT_STATUS_KILLED(signal) ((signal) & 0x7F)
#define WAIT_STATUS_STOPPED(signal) ((signal) << 8 | 0x7F)
#define WAIT_STATUS_CONTINUED 0xFFFF

#define WNOHANG 1     // return 0 at once if no child has news
#define WUNTRACED 2   // a child that stops is news, too
#define WCONTINUED 8  // and one that continues

#define WEXITSTATUS(status) (((status) >> 8) & 0xFF)
#define WTERMSIG(status) ((status) & 0x7F)
#define WSTOPSIG(status) WEXITSTATUS(status)
#define WIFEXITED(status) (WTERMSIG(status) == 0)
#define WIFSTOPPED(status) (((status) & 0xFF) == 0x7F)
#define WIFCONTINUED(status) ((status) == WAIT_STATUS_CONTINUED)
#define WIFSIGNALED(status) (WTERMSIG(status) != 0 && WTERMSIG(status) != 0x7F)
#define WCOREDUMP(status) (((void)(status)), 0)  // there are no core files
