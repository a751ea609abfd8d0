#pragma once
// A program that says what it finds otherwise than promised: CHECK(condition) for each promise, and at the
// end report().

#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int broken_promises;

#define CHECK(condition)                                                     \
    do {                                                                     \
        if (!(condition)) {                                                  \
            printf("line %d: %s (errno %d)\n", __LINE__, #condition, errno); \
            broken_promises++;                                               \
        }                                                                    \
    } while (0)

// The call fails in this way.
#define FAILS(call, error) (errno = 0, (call) == -1 && errno == (error))

static int report(void) {
    if (broken_promises == 0) puts("as promised");
    return broken_promises != 0;
}

// Does it in a child, and returns the exit status of that, or 128 and the signal.
__attribute__((unused)) static int in_child(int (*action)(void)) {
    int status = -1;
    fflush(stdout);
    const int pid = fork();
    if (pid == 0) {
        const int result = action();
        fflush(stdout);
        _exit(result);
    }
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
