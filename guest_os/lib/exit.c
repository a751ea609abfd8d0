// The ways a process ends.

#include "file.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_FUNCTIONS = 32 };
static void (*functions[MOST_FUNCTIONS])(void);
static int function_count;

int atexit(void (*function)(void)) {
    if (function_count == MOST_FUNCTIONS) return -1;
    functions[function_count++] = function;
    return 0;
}

void exit(int status) {
    while (function_count > 0) functions[--function_count]();
    __flush_all_files();
    _exit(status);
}

void _Exit(int status) { _exit(status); }

void abort(void) {
    raise(SIGABRT);
    _exit(128 + SIGABRT);
}

void __assert_failed(const char *condition, const char *file, int line, const char *function) {
    fprintf(stderr, "%s:%d: %s: Assertion `%s' failed.\n", file, line, function, condition);
    abort();
}
