// The exec family: all end in execve. The ones with "p" search PATH, those with "l" take a list, those with "e" an
// environment.

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int execv(const char *path, char *const argv[]) { return execve(path, argv, environ); }

int execvp(const char *file, char *const argv[]) {
    if (strchr(file, '/') != NULL) return execv(file, argv);
    const char *path = getenv("PATH");
    if (path == NULL) path = "/bin";
    int denied = 0;
    for (;;) {
        const char *end = strchrnul(path, ':');
        char candidate[256];
        const int folder = (int)(end - path);
        if (folder + 1 + strlen(file) < sizeof candidate) {
            sprintf(candidate, "%.*s%s%s", folder, path, folder > 0 ? "/" : "", file);
            execv(candidate, argv);
            if (errno == EACCES) denied = 1;
            if (errno != ENOENT && errno != ENOTDIR && errno != EACCES) return -1;
        }
        if (*end == '\0') break;
        path = end + 1;
    }
    errno = denied ? EACCES : ENOENT;
    return -1;
}

enum { MOST_LISTED = 64 };

// Gathers "first, ..., NULL" into an array; returns what follows the NULL through `rest`.
static int gather(char *argv[MOST_LISTED], const char *first, va_list *rest) {
    int count = 0;
    for (const char *argument = first; argument != NULL; argument = va_arg(*rest, const char *)) {
        if (count == MOST_LISTED - 1) {
            errno = E2BIG;
            return -1;
        }
        argv[count++] = (char *)argument;
    }
    argv[count] = NULL;
    return count;
}

int execl(const char *path, const char *argument, ...) {
    char *argv[MOST_LISTED];
    va_list rest;
    va_start(rest, argument);
    const int count = gather(argv, argument, &rest);
    va_end(rest);
    return count < 0 ? -1 : execv(path, argv);
}

int execlp(const char *file, const char *argument, ...) {
    char *argv[MOST_LISTED];
    va_list rest;
    va_start(rest, argument);
    const int count = gather(argv, argument, &rest);
    va_end(rest);
    return count < 0 ? -1 : execvp(file, argv);
}

int execle(const char *path, const char *argument, ...) {
    char *argv[MOST_LISTED];
    va_list rest;
    va_start(rest, argument);
    const int count = gather(argv, argument, &rest);
    char *const *envp = count < 0 ? NULL : va_arg(rest, char *const *);
    va_end(rest);
    return count < 0 ? -1 : execve(path, argv, envp);
}

int system(const char *command) {
    if (command == NULL) return 1;
    const pid_t child = fork();
    if (child < 0) return -1;
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    int status;
    return waitpid(child, &status, 0) < 0 ? -1 : status;
}
