#pragma once
// What all parts of the shell know.

#include <stdbool.h>
#include <sys/types.h>

#include "source.h"
#include "tree.h"

// Why the commands that follow are left out, for the moment: a loop or a function is being left.
enum skip { NO_SKIP, BREAK, CONTINUE, RETURN };

struct shell {
    const char *name;       // in front of messages
    char **parameters;      // $0, $1, ...; a NULL behind the last
    int parameter_count;    // with $0
    bool interactive;       // a person types, and sees a prompt
    bool job_control;       // jobs have process groups of their own
    int status;             // $?
    pid_t pid;              // $$, in subshells too
    pid_t last_background;  // $!
    bool is_child;          // a subshell: errors end it, jobs are its parent's
    enum skip skip;
    int skip_levels;  // loops still to be left
    int loop_depth, function_depth;
    int tested_depth;  // inside the condition of an if, and the like: -e does not look
    int substitution_status;  // of the last $(...), -1: there was none
    bool exit_on_error, trace, error_on_unset, no_globbing, no_execution, verbose, no_clobber;  // set -e -x -u -f -n -v -C
    bool export_all;  // set -a
};
extern struct shell shell;

// An error that ends a script, and brings an interactive shell back to its prompt.
_Noreturn void fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
int number_argument(char **argv);  // argv[1], which must be a number that is not negative
// Runs the EXIT trap, then ends.
_Noreturn void leave(int status);

// ---- variables.c

struct variable {
    struct variable *next;
    char *name;
    char *value;  // NULL: declared (export, local, readonly) but not set
    bool exported, read_only;
};

const char *value_of(const char *name);  // NULL if it is not set
struct variable *find_variable(const char *name);
struct variable *declare(const char *name);  // finds or makes it
void set_variable(const char *name, const char *value);
void unset_variable(const char *name);
void import_environment(void);
void export_environment(void);  // into environ, before exec
void for_each_variable(void (*visit)(const struct variable *variable));

// Values that come back: of local variables, and of X in `X=1 command`.
struct saved_variable;
struct saved_variable *saved_variables(void);  // what is saved so far: the argument for restore_variables
void save_variable(const char *name);
void restore_variables(const struct saved_variable *until);

// ---- expand.c

void expand_one_word(struct words *result, const struct word *word);  // split and globbed
void expand_words(struct words *result, const struct word *word);  // and all that follow it
char *expand_string(const struct word *word);                      // one string
char *expand_assigned(const struct word *word);                    // one that is assigned
char *expand_pattern(const struct word *word);                     // one pattern for fnmatch
void expand_glob(struct words *result, char *pattern, char *text); // in glob.c

// ---- arithmetic.c

long long evaluate(const char *expression);

// ---- execute.c

int run(const struct node *node);
int run_tested(const struct node *node);  // -e does not look at its status
int run_text(const char *text);           // in main.c, as is run_source
int run_source(struct source *source);
_Noreturn void run_in_this_process(const struct node *node);
_Noreturn void execute(char **argv);  // in execute_simple.c

// ---- aliases.c

const char *value_of_alias(const char *name);  // NULL if it is none

// ---- functions.c

struct function {
    struct function *next;
    char *name;
    struct node *body;
    struct arena *arena;
};
struct function *find_function(const char *name);
void define_function(const struct node *node);
void unset_function(const char *name);
int call_function(const struct function *function, int argc, char **argv);
extern struct arena *current_arena;  // of the tree that is being run

// ---- redirect.c

struct saved_descriptors;
// Does what the redirections say; false, with a message, if one fails. What they replace can be restored, or not.
enum duration { FOR_NOW, FOR_EVER };
bool redirect(const struct redirection *redirections, enum duration duration);
struct saved_descriptors *saved_descriptors(void);  // what is saved so far: the argument for restore_descriptors
void restore_descriptors(const struct saved_descriptors *until);
void close_saved_descriptors(void);  // in a child
int move_out_of_the_way(int descriptor);  // above those that scripts name

// ---- builtins.c

struct builtin {
    const char *name;
    int (*run)(int argc, char **argv);
    bool special;  // assignments in front of it stay
};
const struct builtin *find_builtin(const char *name);
const struct builtin *builtin_at(int index);  // NULL behind the last

// ---- trap.c

void run_pending_traps(void);
int pending_trap(void);  // the signal that has come, 0 if none
void forget_traps(void);  // in a child: what was caught is default again
void run_exit_trap(void);
int builtin_trap(int argc, char **argv);
