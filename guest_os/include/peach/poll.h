#pragma once
// What poll() asks and answers, shared by kernel and libc.

#define POLLIN 0x001    // a read would not wait
#define POLLPRI 0x002   // never
#define POLLOUT 0x004   // a write would not wait
#define POLLERR 0x008   // nobody can read the pipe any more: answered without being asked
#define POLLHUP 0x010   // nobody can write the pipe any more: answered without being asked
#define POLLNVAL 0x020  // no such descriptor: answered without being asked

struct pollfd {
    int fd;         // below 0: not asked
    short events;   // what is asked
    short revents;  // what is so
};
