// What a handler with SA_SIGINFO learns: who sent the signal, and what has become of which child.

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static siginfo_t last;

static void take_note(int signal, siginfo_t *info, void *context) {
    (void)context;
    last = *info;
    last.si_signo = signal;
}

// Until a handler has run; the two signals are blocked otherwise.
static void wait_for_one(void) {
    sigset_t none;
    sigemptyset(&none);
    memset(&last, 0, sizeof last);
    sigsuspend(&none);
}

static const char *code_name(int code) {
    switch (code) {
        case SI_USER: return "sent";
        case CLD_EXITED: return "exited";
        case CLD_KILLED: return "killed";
        case CLD_STOPPED: return "stopped";
        case CLD_CONTINUED: return "continued";
        default: return "?";
    }
}

static void tell_of_child(pid_t child) {
    wait_for_one();
    printf("%s %d: child %d, user %d, status %d\n", last.si_signo == SIGCHLD ? "news" : "signal",
           last.si_signo, last.si_pid == child, last.si_uid == getuid(), last.si_status);
    printf("%s\n", code_name(last.si_code));
}

static void from_a_child(void) {
    puts("-- from a child");
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        kill(getppid(), SIGUSR1);
        pause();
    }
    wait_for_one();
    printf("%d %s: child %d, user %d\n", last.si_signo, code_name(last.si_code), last.si_pid == child,
           last.si_uid == getuid());
    kill(child, SIGTERM);
    tell_of_child(child);
    waitpid(child, NULL, 0);
}

static void from_itself(void) {
    puts("-- from itself");
    kill(getpid(), SIGUSR1);
    wait_for_one();
    printf("%s: own %d\n", code_name(last.si_code), last.si_pid == getpid());
}

static void news_of_children(void) {
    puts("-- news of children");
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) _exit(7);
    tell_of_child(child);
    waitpid(child, NULL, 0);
    fflush(stdout);
    child = fork();
    if (child == 0) {
        for (;;) pause();
    }
    kill(child, SIGSTOP);
    tell_of_child(child);
    kill(child, SIGCONT);
    tell_of_child(child);
    kill(child, SIGKILL);
    tell_of_child(child);
    waitpid(child, NULL, 0);
}

int main(void) {
    sigset_t both;
    sigemptyset(&both);
    sigaddset(&both, SIGUSR1);
    sigaddset(&both, SIGCHLD);
    sigprocmask(SIG_BLOCK, &both, NULL);
    struct sigaction action = {.sa_sigaction = take_note, .sa_flags = SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGCHLD, &action, NULL);
    from_a_child();
    from_itself();
    news_of_children();
    return 0;
}
