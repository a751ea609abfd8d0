// The ways a process ends; and what it does before main, of the same kind.

#include "file.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char *__program_name(void);

enum { MOST_FUNCTIONS = 32 };
static struct {
    void (*simple)(void);
    void (*informed)(int status, void *argument);
    void *argument;
} functions[MOST_FUNCTIONS];
static int function_count;

// Functions with __attribute__((constructor)) and destructor: the assembler gathers their addresses.
extern void (*const __init_array_start[])(void);
extern void (*const __init_array_end[])(void);
extern void (*const __fini_array_start[])(void);
extern void (*const __fini_array_end[])(void);

void __run_constructors(void) {
    for (void (*const *function)(void) = __init_array_start; function < __init_array_end; ++function) (*function)();
}

static void run_destructors(void) {
    for (void (*const *function)(void) = __fini_array_end; function > __fini_array_start;) (*--function)();
}

int atexit(void (*function)(void)) {
    if (function_count == MOST_FUNCTIONS) return -1;
    functions[function_count].informed = NULL;
    functions[function_count++].simple = function;
    return 0;
}

int on_exit(void (*function)(int status, void *argument), void *argument) {
    if (function_count == MOST_FUNCTIONS) return -1;
    functions[function_count].informed = function;
    functions[function_count++].argument = argument;
    return 0;
}

void exit(int status) {
    while (function_count > 0) {
        --function_count;
        if (functions[function_count].informed != NULL) {
            functions[function_count].informed(status, functions[function_count].argument);
        } else {
            functions[function_count].simple();
        }
    }
    run_destructors();
    __flush_all_files();
    _exit(status);
}

void _Exit(int status) { _exit(status); }

static void (*quick_functions[MOST_FUNCTIONS])(void);
static int quick_count;

int at_quick_exit(void (*function)(void)) {
    if (quick_count == MOST_FUNCTIONS) return -1;
    quick_functions[quick_count++] = function;
    return 0;
}

void quick_exit(int status) {
    while (quick_count > 0) quick_functions[--quick_count]();
    _exit(status);
}

// Ends the process even if the signal is blocked or ignored, or a handler has returned.
void abort(void) {
    const sigset_t itself = SIGNAL_BIT(SIGABRT);
    sigprocmask(SIG_UNBLOCK, &itself, NULL);
    raise(SIGABRT);
    signal(SIGABRT, SIG_DFL);
    raise(SIGABRT);
    _exit(128 + SIGABRT);  // init, which no signal ends that it does not want
}

void __assert_failed(const char *condition, const char *file, int line, const char *function) {
    fflush(stdout);
    fprintf(stderr, "%s: %s:%d: %s: Assertion `%s' failed.\n", __program_name(), file, line, function, condition);
    abort();
}
