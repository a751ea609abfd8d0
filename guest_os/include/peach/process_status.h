#pragma once
// What the process_status() system call tells about a slot of the process table: for ps and top.
// It returns 1 if the slot is in use, 0 if it is free, -EINVAL if there is no such slot (so: count up until that).

#include <peach/limits.h>
#include <stdint.h>

// The life of a process.
//
//     UNUSED --> EMBRYO --> RUNNABLE <==> RUNNING --> ZOMBIE --> UNUSED
//                              ^            |
//                              +- SLEEPING <+
enum process_state {
    UNUSED,    // the slot is free
    EMBRYO,    // being made by fork
    SLEEPING,  // waits for something: see wait_reason
    RUNNABLE,  // could run: waits for a CPU
    RUNNING,   // a CPU executes it
    ZOMBIE,    // has ended: waits for its parent to collect the status
};

struct process_status {
    int32_t pid;
    int32_t parent_pid;  // 0 for init
    int32_t group;       // process group
    int32_t state;       // enum process_state
    int32_t cpu;         // the CPU it runs on or ran on last
    uint32_t memory_bytes;
    uint64_t start_cycle;  // when it was made
    uint64_t run_cycles;   // how long it has been RUNNING, in user and in kernel mode
    uint64_t user_cycles;  // how much of that in user mode
    uint32_t switches;     // how often a CPU was given to it
    uint32_t faults;       // page faults, the harmless ones too
    uint32_t system_calls;
    char name[PROCESS_NAME_MAX];
    char wait_reason[40];  // why it is in its state, in words

    int32_t session;
    int32_t process;       // the number of the process that it is a thread of; its own, for the first thread
    uint32_t uid, euid;    // its user, and the one whose rights it has
    uint32_t gid;
    int32_t nice;
    int32_t stop_signal;   // what has stopped it (it is SLEEPING then), or 0
    uint32_t has_terminal;  // 1: its session has the console

    uint32_t major_faults;     // page faults that had to wait for the disk
    uint32_t resident_pages;   // pages in memory; those that are shared count for everybody
    uint32_t swapped_pages;    // pages in the swap area

    // Accounts for experiments. They begin when the process is made, and again with job_start().
    uint64_t arrival_cycle;    // when they began
    uint64_t first_run_cycle;  // when it was first given a CPU after that; UINT64_MAX: not yet
    uint64_t state_cycle;      // when it came into its state: for a zombie, when it ended
    uint64_t ready_cycles;     // how long it has been RUNNABLE, waiting for a CPU
    uint64_t sleep_cycles;     // how long it has been SLEEPING
};
