// The exec family: all end in execve. The ones with "p" search PATH, those with "l" take a list, those with "e" an
// environment.

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int execv(const char *path, char *const argv[]) { return execve(path, argv, environ); }

// A file that is no program is a script for sh: "sh PATH", and the arguments behind the first.
static void exec_as_script(const char *path, char *const argv[], char *const envp[]) {
    size_t count = 0;
    while (argv[count] != NULL) ++count;
    char *words[count + 3];
    words[0] = "sh";
    words[1] = (char *)path;
    for (size_t i = 1; i <= count; ++i) words[i + 1] = argv[i];
    words[count > 0 ? count + 1 : 2] = NULL;
    execve("/bin/sh", words, envp);
}

static void exec_or_interpret(const char *path, char *const argv[], char *const envp[]) {
    execve(path, argv, envp);
    if (errno == ENOEXEC) exec_as_script(path, argv, envp);
}

int execvp(const char *file, char *const argv[]) { return execvpe(file, argv, environ); }

int execvpe(const char *file, char *const argv[], char *const envp[]) {
    if (strchr(file, '/') != NULL) {
        exec_or_interpret(file, argv, envp);
        return -1;
    }
    const char *path = getenv("PATH");
    if (path == NULL) path = "/bin";
    int failure = ENOENT;  // what to say in the end
    while (*file != '\0') {
        const char *end = strchrnul(path, ':');
        char candidate[PATH_MAX];
        const int folder = (int)(end - path);
        if (folder + 1 + strlen(file) < sizeof candidate) {
            sprintf(candidate, "%.*s%s%s", folder, path, folder > 0 ? "/" : "", file);
            exec_or_interpret(candidate, argv, envp);
            if (errno == EACCES) failure = EACCES;
            if (errno != ENOENT && errno != ENOTDIR && errno != EACCES) return -1;
        } else {
            failure = ENAMETOOLONG;
        }
        if (*end == '\0') break;
        path = end + 1;
    }
    errno = failure;
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

// Meanwhile ^C and ^\ are for the command only, and a handler of SIGCHLD cannot take its status away.
int system(const char *command) {
    if (command == NULL) return 1;
    const struct sigaction ignored = {.sa_handler = SIG_IGN};
    struct sigaction old_interrupt, old_quit;
    sigset_t child_signal, old_set;
    sigemptyset(&child_signal);
    sigaddset(&child_signal, SIGCHLD);
    sigaction(SIGINT, &ignored, &old_interrupt);
    sigaction(SIGQUIT, &ignored, &old_quit);
    sigprocmask(SIG_BLOCK, &child_signal, &old_set);
    const pid_t child = fork();
    int status = -1, waited = child;
    while (child > 0 && (waited = waitpid(child, &status, 0)) < 0 && errno == EINTR) {}
    const int error = errno;
    sigaction(SIGINT, &old_interrupt, NULL);
    sigaction(SIGQUIT, &old_quit, NULL);
    sigprocmask(SIG_SETMASK, &old_set, NULL);
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    errno = error;
    return waited < 0 ? -1 : status;
}
