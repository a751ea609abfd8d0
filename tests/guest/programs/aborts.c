// abort() ends a process by SIGABRT, whatever the process has chosen about that signal.

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(int signal) {
    static const char text[] = "the handler returns\n";
    (void)signal;
    write(1, text, sizeof text - 1);
}

static void ignore(void) { signal(SIGABRT, SIG_IGN); }
static void handle(void) { signal(SIGABRT, say); }

static void block(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGABRT);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

static void handle_and_block(void) {
    handle();
    block();
}

static void nothing(void) {}

static void leave(int signal) { _exit(signal == SIGABRT ? 5 : 6); }
static void handle_and_leave(void) { signal(SIGABRT, leave); }

static void never(void) { printf("abort() calls what atexit() has noted\n"); }

static void after(const char *what, void (*prepare)(void)) {
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        atexit(never);
        prepare();
        abort();
    }
    int status;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) printf("%s: signal %d\n", what, WTERMSIG(status));
    else printf("%s: exit %d\n", what, WEXITSTATUS(status));
}

int main(void) {
    after("nothing", nothing);
    after("ignored", ignore);
    after("blocked", block);
    after("a handler that returns", handle);
    after("a handler, and blocked", handle_and_block);
    after("a handler that does not return", handle_and_leave);
    return 0;
}
