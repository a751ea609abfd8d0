// Starting children and waiting for them. The builtins about jobs are in builtins_jobs.c.

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "job_table.h"
#include "shell.h"

struct job *all_jobs;  // the newest first

struct job *make_job(const char *text) {
    struct job *job = must_have(calloc(1, sizeof *job));
    job->text = must_have(strdup(text != NULL ? text : ""));
    job->next = all_jobs;
    all_jobs = job;
    return job;
}

void forget_job(struct job *job) {
    struct job **link = &all_jobs;
    while (*link != NULL && *link != job) link = &(*link)->next;
    if (*link != NULL) *link = job->next;
    free(job->text);
    free(job);
}

enum { HELPER = -1 };  // as a job's number

struct job *make_helper(void) {
    update_jobs();
    for (struct job *job = all_jobs, *next; job != NULL; job = next) {
        next = job->next;
        if (job->number == HELPER && state_of(job) == HAS_ENDED) forget_job(job);
    }
    struct job *job = make_job("");
    job->number = HELPER;
    return job;
}

static void forget_all_jobs(void) {
    while (all_jobs != NULL) forget_job(all_jobs);
}

void leave_behind(struct job *job) {
    int number = 1;
    for (const struct job *other = all_jobs; other != NULL; other = other->next) {
        if (other->number >= number) number = other->number + 1;
    }
    job->number = number;
}

void become_child(const struct job *job, pid_t group, enum place place) {
    (void)job;
    const bool own_group = shell.job_control && group >= 0;
    if (own_group) {
        setpgid(0, group);
        if (place == FOREGROUND) tcsetpgrp(STDIN_FILENO, getpgrp());
    }
    if (shell.interactive) {
        signal(SIGINT, SIG_DFL);
        signal(SIGQUIT, SIG_DFL);
        signal(SIGTERM, SIG_DFL);
        signal(SIGTSTP, SIG_DFL);
        signal(SIGTTIN, SIG_DFL);
        signal(SIGTTOU, SIG_DFL);
    }
    shell.is_child = true;
    shell.interactive = shell.job_control = false;
    forget_traps();
    if (place == BEHIND && !own_group) {
        signal(SIGINT, SIG_IGN);
        signal(SIGQUIT, SIG_IGN);
    }
    forget_all_jobs();
    close_saved_descriptors();
}

pid_t start_child(struct job *job, enum place place) {
    fflush(stdout);
    const pid_t group = job->count > 0 ? job->processes[0].pid : 0;
    const pid_t child = fork();
    if (child < 0) {
        complain("cannot fork: %s", strerror(errno));
    } else if (child == 0) {
        become_child(job, group, place);
    } else {
        if (shell.job_control) setpgid(child, group);
        if (job->count < MOST_PROCESSES) job->processes[job->count++] = (struct process){child, 0, IS_RUNNING};
    }
    return child;
}

bool take_terminal(void) { return tcsetpgrp(STDIN_FILENO, getpgrp()) == 0; }

int status_of(int wait_status) {
    if (WIFSTOPPED(wait_status)) return 128 + WSTOPSIG(wait_status);
    return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

void note_status(struct process *process, int status) {
    process->status = status;
    process->state = WIFSTOPPED(status) ? HAS_STOPPED : WIFCONTINUED(status) ? IS_RUNNING : HAS_ENDED;
}

enum process_place state_of(const struct job *job) {
    enum process_place state = HAS_ENDED;
    for (int i = 0; i < job->count; ++i) {
        if (job->processes[i].state == HAS_STOPPED) return HAS_STOPPED;
        if (job->processes[i].state == IS_RUNNING) state = IS_RUNNING;
    }
    return state;
}

int last_status(const struct job *job) {
    if (job->count == 0) return 2;
    if (state_of(job) == HAS_STOPPED) {
        for (int i = 0; i < job->count; ++i) {
            if (job->processes[i].state == HAS_STOPPED) return status_of(job->processes[i].status);
        }
    }
    return status_of(job->processes[job->count - 1].status);
}

void update_jobs(void) {
    for (struct job *job = all_jobs; job != NULL; job = job->next) {
        for (int i = 0; i < job->count; ++i) {
            struct process *process = &job->processes[i];
            int status;
            if (process->state == HAS_ENDED) continue;
            if (waitpid(process->pid, &status, WNOHANG | WUNTRACED | WCONTINUED) > 0) note_status(process, status);
        }
    }
}

static void say_signal(int status) {
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (signal != 0 && signal != SIGINT && signal != SIGPIPE) fprintf(stderr, "%s\n", strsignal(signal));
}

int wait_for_child(pid_t child) {
    int status;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return 127;
    }
    return status_of(status);
}

// Waits for one process; false if a signal with a trap came first, and the caller wants to know of that.
bool wait_for_process(struct process *process, bool until_trap) {
    while (process->state == IS_RUNNING) {
        int status;
        if (waitpid(process->pid, &status, shell.job_control ? WUNTRACED : 0) >= 0) {
            note_status(process, status);
        } else if (errno != EINTR) {
            process->state = HAS_ENDED;
            process->status = 127 << 8;
        } else if (until_trap) {
            return false;
        }
    }
    return true;
}

int wait_for_job(struct job *job) {
    for (int i = 0; i < job->count; ++i) wait_for_process(&job->processes[i], false);
    if (shell.job_control) take_terminal();
    const int status = last_status(job);
    if (state_of(job) == HAS_STOPPED) {
        if (job->number == 0) leave_behind(job);
        describe_job(stderr, job, false);
        return status;
    }
    if (job->count > 0) say_signal(job->processes[job->count - 1].status);
    forget_job(job);
    return status;
}

void describe_job(FILE *out, const struct job *job, bool with_processes) {
    static const char *const words[] = {[IS_RUNNING] = "Running", [HAS_STOPPED] = "Stopped", [HAS_ENDED] = "Done"};
    const enum process_place state = state_of(job);
    char ended[32];
    const char *word = words[state];
    const int status = job->processes[job->count > 0 ? job->count - 1 : 0].status;
    if (state == HAS_ENDED && WIFSIGNALED(status)) {
        word = strsignal(WTERMSIG(status));
    } else if (state == HAS_ENDED && WEXITSTATUS(status) != 0) {
        snprintf(ended, sizeof ended, "Done(%d)", WEXITSTATUS(status));
        word = ended;
    }
    fprintf(out, "[%d] %c ", job->number, job == current_job() ? '+' : ' ');
    if (with_processes) fprintf(out, "%d ", job->processes[0].pid);
    fprintf(out, "%-26s %s\n", word, job->text);
    for (int i = 1; i < job->count && with_processes; ++i) fprintf(out, "      %d\n", job->processes[i].pid);
}

// "+": the one that stopped last, else the one started last.
struct job *current_job(void) {
    struct job *newest = NULL;
    for (struct job *job = all_jobs; job != NULL; job = job->next) {
        if (job->number <= 0) continue;
        if (state_of(job) == HAS_STOPPED) return job;
        if (newest == NULL) newest = job;
    }
    return newest;
}

void report_jobs(void) {
    update_jobs();
    for (struct job *job = all_jobs, *next; job != NULL; job = next) {
        next = job->next;
        if (job->number <= 0 || state_of(job) != HAS_ENDED) continue;
        describe_job(stderr, job, false);
        forget_job(job);
    }
}
