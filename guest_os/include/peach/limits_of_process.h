#pragma once
// What a process may use at most, and what it has used: shared by kernel and libc.

#include <stdint.h>

#define RLIMIT_CPU 0     // seconds; then SIGXCPU every second, at the hard limit SIGKILL
#define RLIMIT_FSIZE 1   // bytes of a file that it writes; then SIGXFSZ and EFBIG
#define RLIMIT_DATA 2    // bytes of heap; then ENOMEM
#define RLIMIT_STACK 3   // bytes; then SIGSEGV
#define RLIMIT_CORE 4    // kept, and without effect: there are no core files
#define RLIMIT_NPROC 6   // processes and threads of its user; then fork() fails with EAGAIN. Not for root
#define RLIMIT_NOFILE 7  // one more than the highest descriptor; then EMFILE
#define RLIMIT_AS 9      // bytes of heap and mappings; then ENOMEM
#define RLIMIT_COUNT 10
#define RLIM_INFINITY 0xFFFFFFFFu

struct rlimit {
    uint32_t rlim_cur;  // in force; the process may change it up to...
    uint32_t rlim_max;  // ...this, which only root may raise
};

// In cycles; a million are a second.
struct process_usage {
    uint64_t run_cycles;   // in user and in kernel mode
    uint64_t user_cycles;  // in user mode
    uint32_t minor_faults;
    uint32_t major_faults;
    uint32_t switches;
    uint32_t preemptions;
};

#define RUSAGE_SELF 0
#define RUSAGE_CHILDREN (-1)  // those that have been waited for, with theirs
