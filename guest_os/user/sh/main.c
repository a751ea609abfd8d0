// sh: the shell. Text becomes tokens (lexer.c), tokens become a tree (parser.c), the tree is walked (execute.c);
// on the way, words are expanded (expand.c).
//
//     sh [-Cefnuvx] [-c command [name [argument...]] | -s [argument...] | file [argument...]]

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "builtins.h"
#include "interactive.h"
#include "jobs.h"
#include "parser.h"
#include "shell.h"

struct shell shell = {.name = "sh"};

static jmp_buf *prompt;  // where an error brings an interactive shell

static void report(const char *format, va_list arguments) {
    fflush(stdout);
    char *message;
    if (vasprintf(&message, format, arguments) >= 0) fprintf(stderr, "%s: %s\n", shell.name, message);
    free(message);
}

void complain(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    report(format, arguments);
    va_end(arguments);
}

_Noreturn void leave(int status) {
    shell.status = status & 0xFF;
    run_exit_trap();
    exit(shell.status);
}

// Everything that was begun is given up.
_Noreturn static void back_to_prompt(int status) {
    restore_descriptors(NULL);
    restore_variables(NULL);
    shell.status = status;
    shell.skip = NO_SKIP;
    shell.loop_depth = shell.function_depth = shell.tested_depth = 0;
    longjmp(*prompt, 1);
}

_Noreturn static void give_up(int status) {
    if (prompt != NULL && !shell.is_child) back_to_prompt(status);
    leave(status);
}

_Noreturn void fail(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    report(format, arguments);
    va_end(arguments);
    give_up(status);
}

void interrupt_command(void) {
    if (prompt != NULL && !shell.is_child) back_to_prompt(128 + SIGINT);
}

static bool run_next(struct source *source, int *status) {
    struct arena *const outer = current_arena, *arena = make_arena();
    struct node *tree;
    const enum parse_result result = parse(source, arena, &tree);
    if (result == PARSED && tree != NULL) {
        current_arena = arena;
        *status = run(tree);
        current_arena = outer;
    }
    drop_arena(arena);
    if (result == SYNTAX_ERROR) {
        *status = shell.status = 2;
        if (!source->interactive) give_up(2);  // also one inside eval
        return true;
    }
    return result == PARSED && shell.skip == NO_SKIP;
}

int run_source(struct source *source) {
    int status = 0;
    while (run_next(source, &status)) continue;
    return status;
}

int run_text(const char *text) {
    struct source source = string_source(text);
    return run_source(&source);
}

static int run_interactively(struct source *source) {
    jmp_buf here;
    char **const parameters = shell.parameters;
    const int parameter_count = shell.parameter_count;
    setjmp(here);
    prompt = &here;
    shell.parameters = parameters;
    shell.parameter_count = parameter_count;
    current_arena = NULL;
    const int status = run_source(source);
    fputs("\n", stderr);
    return status;
}

static bool remove_letter(char *word, char letter) {
    char *found = strchr(word, letter);
    if (found != NULL) memmove(found, found + 1, strlen(found));
    return found != NULL;
}

// The command of -c, NULL if there is none; *next is where the operands begin.
static const char *read_options(int argc, char *argv[], int *next, bool *from_input) {
    bool with_command = false;
    int i = 1;
    for (; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1] != '\0'; ++i) {
        if (strcmp(argv[i], "--") == 0) {
            ++i;
            break;
        }
        with_command = remove_letter(argv[i], 'c') || with_command;
        *from_input = remove_letter(argv[i], 's') || *from_input;
        const int used = set_option(argv[i], argv[i + 1]);
        if (used == 0) fail(2, "%s: illegal option", argv[i]);
        i += used - 1;
    }
    *next = i;
    if (!with_command) return NULL;
    if (i == argc) fail(2, "-c requires an argument");
    ++*next;
    return argv[i];
}

// $0 and what follows it, in memory of our own because `shift` and `set` change it.
static void set_parameters(int argc, char *argv[], int first, const char *name) {
    shell.parameters = must_have(calloc((size_t)(argc - first) + 2, sizeof *argv));
    shell.parameters[0] = (char *)name;
    shell.parameter_count = 1;
    for (int i = first; i < argc; ++i) shell.parameters[shell.parameter_count++] = argv[i];
}

// 127 as the standard has it; dash says 2.
static struct source open_script(const char *path) {
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) fail(127, "cannot open %s: %s", path, strerror(errno));
    const int moved = move_out_of_the_way(descriptor);
    if (moved < 0) return file_source(descriptor, true);
    close(descriptor);
    return file_source(moved, true);
}

// What a script finds set.
static void set_own_variables(void) {
    char number[12];
    find_folder();
    snprintf(number, sizeof number, "%d", getppid());
    set_variable("PPID", number);
    set_variable("OPTIND", "1");
}

int main(int argc, char *argv[]) {
    int next;
    bool from_input = false;
    shell.pid = getpid();
    import_environment();
    set_own_variables();
    const char *command = read_options(argc, argv, &next, &from_input);
    struct source source = file_source(STDIN_FILENO, false);
    if (command != NULL) {
        source = string_source(command);
        set_parameters(argc, argv, next < argc ? next + 1 : next, next < argc ? argv[next] : "sh");
    } else if (next < argc && !from_input) {
        source = open_script(argv[next]);
        set_parameters(argc, argv, next + 1, argv[next]);
    } else {
        set_parameters(argc, argv, next, argc > 0 ? argv[0] : "sh");
        shell.interactive = source.interactive = isatty(STDIN_FILENO);
    }
    if (!shell.interactive) leave(run_source(&source));
    become_interactive();
    leave(run_interactively(&source));
}
