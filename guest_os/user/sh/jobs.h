#pragma once
// Children, and the pipelines that they form.

#include <stdbool.h>
#include <sys/types.h>

enum place { FOREGROUND, BEHIND };

struct job;

// A pipeline that is about to be started. `text` is what was typed.
struct job *make_job(const char *text);

// A process that is none of the user's business; it is collected when the next one is made.
struct job *make_helper(void);

// Forks. In the child (result 0) the signals, the process group and the terminal are set as the place asks.
pid_t start_child(struct job *job, enum place place);

// In a fresh child: forgets jobs and traps. `group` is the process group to join, 0 for its own, -1 to leave it.
void become_child(const struct job *job, pid_t group, enum place place);

// Waits until the job has ended or stopped, says which signal ended it, takes the terminal back; returns its status.
int wait_for_job(struct job *job);
int wait_for_child(pid_t child);

// The job runs without the shell waiting for it: it has a number from now on.
void leave_behind(struct job *job);

// At the prompt: what has ended or stopped meanwhile.
void report_jobs(void);

bool take_terminal(void);  // false if there is none: no job control

int builtin_jobs(int argc, char **argv);
int builtin_fg(int argc, char **argv);
int builtin_bg(int argc, char **argv);
int builtin_wait(int argc, char **argv);
int builtin_kill(int argc, char **argv);
