#include "execute_simple.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "jobs.h"
#include "parser.h"
#include "shell.h"
#include "source.h"

static void trace(const struct words *assignments, const struct words *argv) {
    const char *prefix = value_of("PS4");
    fprintf(stderr, "%s", prefix != NULL ? prefix : "+ ");
    const char *gap = "";
    for (int i = 0; i < assignments->count; ++i, gap = " ") fprintf(stderr, "%s%s", gap, assignments->items[i]);
    for (int i = 0; i < argv->count; ++i, gap = " ") fprintf(stderr, "%s%s", gap, argv->items[i]);
    fputc('\n', stderr);
}

// "name=value" with the value expanded.
static char *expand_assignment(const struct word *word) {
    const struct part *first = word->parts;
    struct part rest = *first;
    const int length = name_length(first->text);
    struct text text = {0};
    for (int i = 0; i <= length; ++i) append(&text, first->text[i]);
    rest.text = first->text + length + 1;
    const struct word value = {.parts = &rest};
    append_string(&text, expand_assigned(&value));
    return text.bytes;
}

static void assign_all(const struct words *assignments, bool exported, enum duration duration) {
    for (int i = 0; i < assignments->count; ++i) {
        char *name = get_string(assignments->items[i]);
        char *value = strchr(name, '=');
        *value++ = '\0';
        if (duration == FOR_NOW) save_variable(name);
        set_variable(name, value);
        if (exported) declare(name)->exported = true;
    }
}

// A file that is no program, but text: a script without "#!".
static void run_as_script(const char *path, char **argv) {
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    char start[64];
    const ssize_t count = read(descriptor, start, sizeof start);
    if (count < 0 || memchr(start, '\0', (size_t)count) != NULL) {
        close(descriptor);
        return;
    }
    lseek(descriptor, 0, SEEK_SET);
    shell.parameters = argv;
    for (shell.parameter_count = 0; argv[shell.parameter_count] != NULL;) ++shell.parameter_count;
    struct source source = file_source(descriptor, true);
    leave(run_source(&source));
}

// Tries the program in one folder of PATH; comes back if it cannot be started.
static void try_execute(const char *path, char **argv) {
    execve(path, argv, environ);
    if (errno == ENOEXEC) {
        run_as_script(path, argv);
        errno = EACCES;
    }
}

static void search_and_execute(char **argv) {
    if (strchr(argv[0], '/') != NULL) {
        try_execute(argv[0], argv);
        return;
    }
    bool denied = false;
    const char *path = value_of("PATH");
    for (const char *at = path != NULL ? path : "/bin"; at != NULL;) {
        const char *end = strchrnul(at, ':');
        struct text candidate = {0};
        for (const char *c = at; c < end; ++c) append(&candidate, *c);
        if (end != at) append(&candidate, '/');
        append_string(&candidate, argv[0]);
        try_execute(candidate.bytes, argv);
        if (errno == EACCES) denied = true;
        else if (errno != ENOENT && errno != ENOTDIR) return;
        at = *end != '\0' ? end + 1 : NULL;
    }
    errno = denied ? EACCES : ENOENT;
}

_Noreturn void execute(char **argv) {
    fflush(stdout);
    export_environment();
    search_and_execute(argv);
    if (errno == ENOENT) {
        complain("%s: not found", argv[0]);
        _exit(127);
    }
    complain("%s: %s", argv[0], strerror(errno));
    _exit(126);
}

// The parts of a simple command, ready to be run.
struct prepared {
    struct words argv, assignments;
    const struct builtin *builtin;
    const struct function *function;
};

// The words of `export x=$y` that are assignments are not split.
static bool declares(const char *name) {
    return strcmp(name, "export") == 0 || strcmp(name, "readonly") == 0 || strcmp(name, "local") == 0;
}

static void expand_command(struct words *argv, const struct word *word) {
    bool declaring = false;
    for (; word != NULL; word = word->next) {
        if (declaring && is_assignment(word)) {
            add_word(argv, expand_assignment(word));
            continue;
        }
        expand_one_word(argv, word);
        declaring = declaring || (argv->count == 1 && declares(argv->items[0]));
    }
}

static struct prepared prepare(const struct node *node) {
    struct prepared p = {0};
    shell.substitution_status = -1;
    expand_command(&p.argv, node->words);
    // Each is assigned at once, as the next one may need it; before a command, only for that long.
    const struct saved_variable *const variables = saved_variables();
    for (const struct word *word = node->assignments; word != NULL; word = word->next) {
        add_word(&p.assignments, expand_assignment(word));
        const struct words newest = {.items = &p.assignments.items[p.assignments.count - 1], .count = 1};
        assign_all(&newest, false, p.argv.count == 0 ? FOR_EVER : FOR_NOW);
    }
    restore_variables(variables);
    if (shell.trace) trace(&p.assignments, &p.argv);
    if (p.argv.count == 0) return p;
    p.builtin = find_builtin(p.argv.items[0]);
    if (p.builtin == NULL || !p.builtin->special) p.function = find_function(p.argv.items[0]);
    return p;
}

static int run_program(const struct node *node, const struct prepared *p) {
    struct job *job = make_job(node->written != NULL ? node->written : p->argv.items[0]);
    if (start_child(job, FOREGROUND) != 0) return wait_for_job(job);
    if (!redirect(node->redirections, FOR_EVER)) _exit(2);
    assign_all(&p->assignments, true, FOR_EVER);
    execute(p->argv.items);
}

static int call(const struct prepared *p) {
    if (p->function != NULL) return call_function(p->function, p->argv.count, p->argv.items);
    const int status = p->builtin->run(p->argv.count, p->argv.items);
    fflush(stdout);
    return status;
}

static int run_assignments(const struct node *node) {
    const struct saved_descriptors *const saved = saved_descriptors();
    const bool redirected = redirect(node->redirections, FOR_NOW);
    restore_descriptors(saved);
    if (!redirected) return 2;
    return shell.substitution_status >= 0 ? shell.substitution_status : 0;
}

int run_simple(const struct node *node) {
    const struct prepared p = prepare(node);
    if (p.argv.count == 0) return run_assignments(node);
    if (p.builtin == NULL && p.function == NULL) return run_program(node, &p);
    const bool special = p.function == NULL && p.builtin->special;
    const bool keeps_redirections = special && strcmp(p.argv.items[0], "exec") == 0;
    const struct saved_descriptors *const descriptors = saved_descriptors();
    const struct saved_variable *const variables = saved_variables();
    if (!redirect(node->redirections, keeps_redirections ? FOR_EVER : FOR_NOW)) {
        restore_descriptors(descriptors);
        if (special) fail(2, "%s: redirection failed", p.argv.items[0]);
        return 2;
    }
    assign_all(&p.assignments, !special, special ? FOR_EVER : FOR_NOW);
    const int status = call(&p);
    if (!special) restore_variables(variables);  // those that `local` saved belong to the function
    restore_descriptors(descriptors);
    return status;
}

_Noreturn void become_simple(const struct node *node) {
    const struct prepared p = prepare(node);
    if (!redirect(node->redirections, FOR_EVER)) leave(2);
    assign_all(&p.assignments, true, FOR_EVER);
    if (p.argv.count == 0) leave(shell.substitution_status >= 0 ? shell.substitution_status : 0);
    if (p.builtin != NULL || p.function != NULL) leave(call(&p));
    execute(p.argv.items);
}
