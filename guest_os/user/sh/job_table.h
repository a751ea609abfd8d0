#pragma once
// Shared by jobs.c and builtins_jobs.c.

#include <stdio.h>

#include "jobs.h"

enum { MOST_PROCESSES = 32 };  // in a pipeline

enum process_place { IS_RUNNING, HAS_STOPPED, HAS_ENDED };

struct process {
    pid_t pid;
    int status;  // as waitpid tells it
    enum process_place state;
};

struct job {
    struct job *next;
    int number;  // what %1 means; 0 while the shell waits for it
    char *text;
    int count;
    struct process processes[MOST_PROCESSES];
};

extern struct job *all_jobs;
struct job *current_job(void);
void forget_job(struct job *job);
void update_jobs(void);
void note_status(struct process *process, int status);
int status_of(int wait_status);
int last_status(const struct job *job);
enum process_place state_of(const struct job *job);
bool wait_for_process(struct process *process, bool until_trap);
void describe_job(FILE *out, const struct job *job, bool with_processes);
