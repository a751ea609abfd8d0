// The table of builtins, and those that steer the flow of commands.

#include "builtins.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../common/print_format.h"
#include "../common/test_expression.h"
#include "editor.h"
#include "jobs.h"
#include "shell.h"

static int builtin_nothing(int argc, char **argv) {
    (void)argc, (void)argv;
    return 0;
}

static int builtin_false(int argc, char **argv) {
    (void)argc, (void)argv;
    return 1;
}

int number_argument(char **argv) {
    if (argv[1][strspn(argv[1], "0123456789")] != '\0') fail(2, "%s: %s: bad number", argv[0], argv[1]);
    return atoi(argv[1]);
}

static int builtin_exit(int argc, char **argv) { leave(argc > 1 ? number_argument(argv) : shell.status); }

static int builtin_return(int argc, char **argv) {
    shell.skip = RETURN;
    return argc > 1 ? number_argument(argv) & 0xFF : shell.status;
}

static int leave_loop(enum skip skip, int argc, char **argv) {
    const int levels = argc > 1 ? number_argument(argv) : 1;
    if (levels < 1) fail(2, "%s: %s: bad number", argv[0], argv[1]);
    if (shell.loop_depth == 0) return 0;
    shell.skip = skip;
    shell.skip_levels = levels < shell.loop_depth ? levels : shell.loop_depth;
    return 0;
}

static int builtin_break(int argc, char **argv) { return leave_loop(BREAK, argc, argv); }
static int builtin_continue(int argc, char **argv) { return leave_loop(CONTINUE, argc, argv); }

static int builtin_eval(int argc, char **argv) {
    struct text text = {0};
    for (int i = 1; i < argc; ++i) {
        if (i > 1) append(&text, ' ');
        append_string(&text, argv[i]);
    }
    return text.length > 0 ? run_text(text.bytes) : 0;
}

static int open_sourced(const char *name) {
    const char *path = value_of("PATH");
    if (strchr(name, '/') != NULL || path == NULL) return open(name, O_RDONLY | O_CLOEXEC);
    while (true) {
        const char *end = strchrnul(path, ':');
        struct text candidate = {0};
        for (; path < end; ++path) append(&candidate, *path);
        if (candidate.length > 0) append(&candidate, '/');
        append_string(&candidate, name);
        const int descriptor = open(candidate.bytes, O_RDONLY | O_CLOEXEC);
        if (descriptor >= 0 || *end == '\0') return descriptor;
        path = end + 1;
    }
}

static int builtin_dot(int argc, char **argv) {
    if (argc < 2) fail(2, ".: a file is missing");
    const int descriptor = open_sourced(argv[1]);
    if (descriptor < 0) fail(2, ".: cannot open %s: %s", argv[1], strerror(errno));
    struct source source = file_source(descriptor, true);
    source.name = argv[1];
    const int status = run_source(&source);
    close(descriptor);
    free(source.line);
    if (shell.skip == RETURN) shell.skip = NO_SKIP;
    return status;
}

// With a command: the shell becomes it. Without: the redirections stay (execute_simple.c).
static int builtin_exec(int argc, char **argv) {
    if (argc > 1) execute(argv + 1);
    return 0;
}

// As the standard has it for this shell's family: \n and its like are always understood, -n leaves the line end out.
static int builtin_echo(int argc, char **argv) {
    const bool no_line_end = argc > 1 && strcmp(argv[1], "-n") == 0;
    for (int i = 1 + no_line_end; i < argc; ++i) {
        if (i > 1 + no_line_end) putchar(' ');
        if (!print_escapes(argv[i], ZERO_BEFORE_OCTAL)) return 0;
    }
    if (!no_line_end) putchar('\n');
    return 0;
}

static int builtin_printf(int argc, char **argv) { return print_formatted(argc, argv); }
static int builtin_test(int argc, char **argv) { return test_expression(argc, argv); }

static int builtin_history(int argc, char **argv) {
    (void)argc, (void)argv;
    list_history();
    return 0;
}

static const struct builtin builtins[] = {
    {".", builtin_dot, true},            {":", builtin_nothing, true},         {"[", builtin_test, false},
    {"alias", builtin_alias, false},     {"bg", builtin_bg, false},            {"break", builtin_break, true},
    {"cd", builtin_cd, false},           {"command", builtin_command, false},  {"continue", builtin_continue, true},
    {"echo", builtin_echo, false},       {"eval", builtin_eval, true},         {"exec", builtin_exec, true},
    {"exit", builtin_exit, true},        {"export", builtin_export, true},     {"false", builtin_false, false},
    {"fg", builtin_fg, false},           {"getopts", builtin_getopts, false},  {"hash", builtin_hash, false},
    {"history", builtin_history, false}, {"jobs", builtin_jobs, false},        {"kill", builtin_kill, false},
    {"local", builtin_local, true},      {"printf", builtin_printf, false},    {"pwd", builtin_pwd, false},
    {"read", builtin_read, false},       {"readonly", builtin_readonly, true}, {"return", builtin_return, true},
    {"set", builtin_set, true},          {"shift", builtin_shift, true},       {"test", builtin_test, false},
    {"times", builtin_times, true},      {"trap", builtin_trap, true},         {"true", builtin_nothing, false},
    {"type", builtin_type, false},       {"ulimit", builtin_ulimit, false},    {"umask", builtin_umask, false},
    {"unalias", builtin_unalias, false}, {"unset", builtin_unset, true},       {"wait", builtin_wait, false},
};
enum { BUILTIN_COUNT = sizeof builtins / sizeof builtins[0] };

const struct builtin *builtin_at(int index) { return index < BUILTIN_COUNT ? &builtins[index] : NULL; }

const struct builtin *find_builtin(const char *name) {
    for (int i = 0; i < BUILTIN_COUNT; ++i) {
        if (strcmp(builtins[i].name, name) == 0) return &builtins[i];
    }
    return NULL;
}
