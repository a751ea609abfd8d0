// The tree is walked.

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "execute_simple.h"
#include "interactive.h"
#include "job_table.h"
#include "shell.h"

// In a child whose task this is.
_Noreturn void run_in_this_process(const struct node *node) {
    shell.loop_depth = 0;
    if (node == NULL) leave(0);
    if (node->kind == SIMPLE) become_simple(node);
    if (node->kind == SUBSHELL) {
        if (!redirect(node->redirections, FOR_EVER)) leave(2);
        run_in_this_process(node->first);
    }
    leave(run(node));
}

static int run_subshell(const struct node *node) {
    struct job *job = make_job(node->written);
    const pid_t child = start_child(job, FOREGROUND);
    if (child == 0) run_in_this_process(node);
    return wait_for_job(job);
}

static _Noreturn void run_stage(const struct node *node, int input, int output, int unused) {
    if (input != STDIN_FILENO) {
        dup2(input, STDIN_FILENO);
        close(input);
    }
    if (output != STDOUT_FILENO) {
        dup2(output, STDOUT_FILENO);
        close(output);
    }
    if (unused >= 0) close(unused);
    run_in_this_process(node);
}

//   left command --[ends[1] ==> ends[0]]--> next command ...
static void start_pipeline(struct job *job, const struct node *stage, enum place place) {
    int input = STDIN_FILENO;
    for (; stage != NULL; stage = stage->next) {
        int ends[2] = {-1, STDOUT_FILENO};
        if (stage->next != NULL && pipe(ends) < 0) {
            complain("cannot make a pipe: %s", strerror(errno));
            break;
        }
        const pid_t child = start_child(job, place);
        if (child == 0) run_stage(stage, input, ends[1], ends[0]);
        if (input != STDIN_FILENO) close(input);
        if (ends[1] != STDOUT_FILENO) close(ends[1]);
        input = ends[0];
        if (child < 0) break;
    }
    if (stage != NULL && input > STDIN_FILENO) close(input);
}

static int run_pipeline(const struct node *node) {
    struct job *job = make_job(node->written);
    start_pipeline(job, node->first, FOREGROUND);
    return wait_for_job(job);
}

// Without job control, a background command must not read what the shell itself reads.
static void start_behind(struct job *job, const struct node *node) {
    if (node->kind == PIPELINE && shell.job_control) {
        start_pipeline(job, node->first, BEHIND);
        return;
    }
    const bool had_control = shell.job_control;
    if (start_child(job, BEHIND) != 0) return;
    if (!had_control) {
        close(STDIN_FILENO);
        if (open("/dev/null", O_RDONLY) != STDIN_FILENO) leave(2);
    }
    run_in_this_process(node);
}

static int run_background(const struct node *node) {
    update_jobs();
    struct job *job = make_job(node->written);
    start_behind(job, node->first);
    if (job->count == 0) return wait_for_job(job);  // could not be started
    leave_behind(job);
    shell.last_background = job->processes[job->count - 1].pid;
    if (shell.interactive) fprintf(stderr, "[%d] %d\n", job->number, shell.last_background);
    return 0;
}

// ---- loops and choices

// After the body of a loop: true if the loop ends here.
static bool loop_is_left(void) {
    if (shell.skip == NO_SKIP) return false;
    if (shell.skip == RETURN) return true;
    if (--shell.skip_levels > 0) return true;
    const bool left = shell.skip == BREAK;
    shell.skip = NO_SKIP;
    return left;
}

static int run_while(const struct node *node) {
    int status = 0;
    ++shell.loop_depth;
    for (;;) {
        const int condition = run_tested(node->first);
        if (shell.skip != NO_SKIP) {
            if (shell.skip == RETURN) status = condition;
            if (loop_is_left()) break;
            continue;
        }
        if ((condition == 0) != (node->kind == WHILE)) break;
        status = run(node->second);
        if (loop_is_left()) break;
    }
    --shell.loop_depth;
    return status;
}

static int run_for(const struct node *node) {
    struct words words = {0};
    if (node->has_list) {
        expand_words(&words, node->words);
    } else {
        for (int i = 1; i < shell.parameter_count; ++i) add_word(&words, get_string(shell.parameters[i]));
    }
    int status = 0;
    ++shell.loop_depth;
    for (int i = 0; i < words.count; ++i) {
        set_variable(node->text, words.items[i]);
        status = run(node->first);
        if (loop_is_left()) break;
    }
    --shell.loop_depth;
    return status;
}

static int run_case(const struct node *node) {
    const char *word = expand_string(node->words);
    for (const struct case_item *item = node->cases; item != NULL; item = item->next) {
        for (const struct word *pattern = item->patterns; pattern != NULL; pattern = pattern->next) {
            if (fnmatch(expand_pattern(pattern), word, 0) == 0) {
                return item->body != NULL ? run(item->body) : 0;
            }
        }
    }
    return 0;
}

static int run_if(const struct node *node) {
    const int condition = run_tested(node->first);
    if (shell.skip != NO_SKIP) return condition;
    if (condition == 0) return run(node->second);
    return node->third != NULL ? run(node->third) : 0;
}

static int run_compound(const struct node *node) {
    switch (node->kind) {
        case GROUP: return run(node->first);
        case IF: return run_if(node);
        case WHILE:
        case UNTIL: return run_while(node);
        case FOR: return run_for(node);
        default: return run_case(node);
    }
}

static int run_redirected_compound(const struct node *node) {
    const struct saved_descriptors *const saved = saved_descriptors();
    const int status = redirect(node->redirections, FOR_NOW) ? run_compound(node) : 2;
    restore_descriptors(saved);
    return status;
}

static int run_list(const struct node *node) {
    const int left = node->kind == SEQUENCE ? run(node->first) : run_tested(node->first);
    if (shell.skip != NO_SKIP) return left;
    if (node->kind == AND_THEN && left != 0) return left;
    if (node->kind == OR_ELSE && left == 0) return left;
    return run(node->second);
}

static int run_kind(const struct node *node) {
    switch (node->kind) {
        case SIMPLE: return run_simple(node);
        case PIPELINE: return run_pipeline(node);
        case NEGATION: return !run_tested(node->first);
        case AND_THEN:
        case OR_ELSE:
        case SEQUENCE: return run_list(node);
        case BACKGROUND: return run_background(node);
        case SUBSHELL: return run_subshell(node);
        case FUNCTION: define_function(node); return 0;
        default: return run_redirected_compound(node);
    }
}

// -e looks at commands that are not tested; the others are made of those.
static bool ends_shell(const struct node *node) {
    if (!shell.exit_on_error || shell.status == 0 || shell.tested_depth > 0 || shell.skip != NO_SKIP) return false;
    return node->kind == SIMPLE || node->kind == PIPELINE || node->kind == SUBSHELL;
}

int run(const struct node *node) {
    if (node == NULL) return 0;
    if (shell.no_execution && !shell.interactive) return 0;
    const struct mark mark = mark_scratch();
    shell.status = run_kind(node);
    release_scratch(mark);
    run_pending_traps();
    check_interrupt();
    if (ends_shell(node)) leave(shell.status);
    return shell.status;
}

int run_tested(const struct node *node) {
    ++shell.tested_depth;
    const int status = run(node);
    --shell.tested_depth;
    return status;
}
