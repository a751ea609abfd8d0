// jobs, fg, bg, wait, kill.

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../common/signal_names.h"
#include "job_table.h"
#include "shell.h"

// %1, %+, %%, %text, or a process number.
static struct job *find_job(const char *name) {
    if (name == NULL || strcmp(name, "%") == 0 || strcmp(name, "%%") == 0 || strcmp(name, "%+") == 0) {
        return current_job();
    }
    const bool is_number = name[0] == '%' && isdigit((unsigned char)name[1]);
    for (struct job *job = all_jobs; job != NULL; job = job->next) {
        if (is_number && job->number == atoi(name + 1)) return job;
        if (name[0] == '%' && !is_number && strncmp(job->text, name + 1, strlen(name + 1)) == 0) return job;
        if (name[0] == '%') continue;
        for (int i = 0; i < job->count; ++i) {
            if (job->processes[i].pid == atoi(name)) return job;
        }
    }
    return NULL;
}

int builtin_jobs(int argc, char **argv) {
    const bool only_numbers = argc > 1 && strcmp(argv[1], "-p") == 0, with_processes = argc > 1 && strcmp(argv[1], "-l") == 0;
    update_jobs();
    int last = 0;
    for (const struct job *job = all_jobs; job != NULL; job = job->next) last = job->number > last ? job->number : last;
    for (int number = 1; number <= last; ++number) {
        struct job *job = all_jobs;
        while (job != NULL && job->number != number) job = job->next;
        if (job == NULL) continue;
        if (only_numbers) printf("%d\n", job->processes[0].pid);
        else describe_job(stdout, job, with_processes);
        if (state_of(job) == HAS_ENDED) forget_job(job);
    }
    return 0;
}

static struct job *job_to_continue(char **argv) {
    if (!shell.job_control) {
        complain("%s: no job control in this shell", argv[0]);
        return NULL;
    }
    struct job *job = find_job(argv[1]);
    if (job == NULL || state_of(job) == HAS_ENDED) {
        complain("%s: %s: no such job", argv[0], argv[1] != NULL ? argv[1] : "current");
        return NULL;
    }
    return job;
}

static void continue_job(struct job *job) {
    for (int i = 0; i < job->count; ++i) {
        if (job->processes[i].state == HAS_STOPPED) job->processes[i].state = IS_RUNNING;
    }
    killpg(job->processes[0].pid, SIGCONT);
}

int builtin_fg(int argc, char **argv) {
    (void)argc;
    struct job *job = job_to_continue(argv);
    if (job == NULL) return 2;
    printf("%s\n", job->text);
    fflush(stdout);
    tcsetpgrp(STDIN_FILENO, job->processes[0].pid);
    continue_job(job);
    return wait_for_job(job);
}

int builtin_bg(int argc, char **argv) {
    (void)argc;
    struct job *job = job_to_continue(argv);
    if (job == NULL) return 2;
    printf("[%d] %s\n", job->number, job->text);
    continue_job(job);
    return 0;
}

static int wait_for_all(void) {
    update_jobs();
    for (struct job *job = all_jobs, *next; job != NULL; job = next) {
        next = job->next;
        for (int i = 0; i < job->count; ++i) {
            if (!wait_for_process(&job->processes[i], true)) return 128 + pending_trap();
        }
        if (state_of(job) == HAS_ENDED) forget_job(job);
    }
    return 0;
}

int builtin_wait(int argc, char **argv) {
    if (argc == 1) return wait_for_all();
    int status = 0;
    for (int i = 1; i < argc; ++i) {
        struct job *job = find_job(argv[i]);
        if (job == NULL) {
            status = 127;
            continue;
        }
        for (int k = 0; k < job->count; ++k) {
            if (!wait_for_process(&job->processes[k], true)) return 128 + pending_trap();
        }
        status = last_status(job);
        if (state_of(job) == HAS_ENDED && shell.interactive) forget_job(job);
    }
    return status;
}

int builtin_kill(int argc, char **argv) {
    int signal = SIGTERM, first = 1;
    if (argc > 1 && strcmp(argv[1], "-l") == 0) {
        list_signals(argv[2]);
        return 0;
    }
    if (argc > 2 && strcmp(argv[1], "-s") == 0) {
        signal = signal_of_name(argv[2]);
        first = 3;
    } else if (argc > 1 && argv[1][0] == '-' && argv[1][1] != '-') {
        signal = signal_of_name(argv[1] + 1);
        first = 2;
    } else if (argc > 1 && strcmp(argv[1], "--") == 0) {
        first = 2;
    }
    if (signal < 0) {
        complain("kill: %s: no such signal: kill -l lists them", argv[first - 1]);
        return 2;
    }
    if (first >= argc) {
        complain("usage: kill [-SIGNAL | -s SIGNAL] pid or %%job ..., kill -l [status]");
        return 2;
    }
    int status = 0;
    for (int i = first; i < argc; ++i) {
        const struct job *job = argv[i][0] == '%' ? find_job(argv[i]) : NULL;
        char *end = argv[i];
        const pid_t pid = job != NULL ? -job->processes[0].pid : (pid_t)strtol(argv[i], &end, 10);
        if (job == NULL && (*end != '\0' || end == argv[i])) {
            complain("kill: %s: no such job or process", argv[i]);
            status = 1;
        } else if (kill(job != NULL && !shell.job_control ? -pid : pid, signal) < 0) {
            complain("kill: %s: %s", argv[i], strerror(errno));
            status = 1;
        } else if (job != NULL && state_of(job) == HAS_STOPPED && (signal == SIGTERM || signal == SIGHUP)) {
            kill(pid, SIGCONT);  // so that it can end
        }
    }
    return status;
}
