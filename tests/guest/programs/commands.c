// system, popen and the exec functions that search; and what printf says of output that nobody takes.

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t reaped, alarms;

static void reap(int signal_number) {
    (void)signal_number;
    while (waitpid(-1, NULL, WNOHANG) > 0) ++reaped;
}
static void ring(int signal_number) { alarms += signal_number == SIGALRM; }

static void show(const char *what, int status) {
    printf("%s: %s %d\n", what, status < 0 ? "failed" : WIFEXITED(status) ? "exit" : "signal",
           status < 0 ? errno : WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
    fflush(stdout);
}

static void commands(void) {
    show("system", system("exit 3"));
    signal(SIGCHLD, reap);
    show("with a handler that waits", system("exit 4"));
    printf("%d\n", (int)reaped);
    signal(SIGCHLD, SIG_DFL);
    const struct sigaction action = {.sa_handler = ring};
    sigaction(SIGALRM, &action, NULL);
    alarm(1);
    show("with an alarm", system("sleep 2; exit 5"));
    printf("%d\n", (int)alarms);
    show("interrupted", system("kill -INT $$"));
    show("we", 0);
}

static void two_at_once(void) {
    FILE *first = popen("cat; echo first", "w"), *second = popen("cat >/dev/null; exit 6", "w");
    fputs("one\n", first);
    fputs("two\n", second);
    show("first", pclose(first));
    show("second", pclose(second));
    errno = 0;
    FILE *none = popen("echo never", "z");
    printf("%d %d\n", none == NULL, errno == EINVAL);
    char line[20] = "";
    FILE *reader = popen("echo words", "r");
    printf("%d %s", fgets(line, sizeof line, reader) != NULL, line);
    show("reader", pclose(reader));
}

static void in_a_child(const char *what, const char *file, const char *argument) {
    fflush(stdout);
    if (fork() == 0) {
        execlp(file, file, argument, (char *)NULL);
        printf("%s: error %d\n", what, errno);
        exit(1);
    }
    wait(NULL);
}

static void searches(void) {
    FILE *script = fopen("plain", "w");
    fputs("echo \"script $1\"\n", script);
    fclose(script);
    chmod("plain", 0755);
    setenv("PATH", "/nosuch::/bin:/usr/bin", 1);
    in_a_child("in the path", "plain", "found");
    in_a_child("by its name", "./plain", "named");
    in_a_child("nothing", "", "x");
    in_a_child("not there", "no-such-program", "x");
    chmod("plain", 0644);
    in_a_child("not executable", "./plain", "x");
    remove("plain");
}

static void lost_output(void) {
    const int copy = dup(STDOUT_FILENO);
    setvbuf(stderr, NULL, _IONBF, 0);
    fflush(stdout);
    close(STDERR_FILENO);
    errno = 0;
    const int unbuffered = fprintf(stderr, "lost"), failed = ferror(stderr) != 0, on_descriptor = dprintf(STDERR_FILENO, "lost");
    printf("%d %d %d\n", unbuffered, failed, on_descriptor);
    errno = ENOENT;
    printf("before: %d\n", errno);
    close(copy);
}

static void no_environment(void) {
    extern char **environ;
    environ = NULL;
    printf("%d\n", getenv("PATH") == NULL);
    printf("%d", setenv("A", "b", 1));
    printf(" %s\n", getenv("A"));
}

int main(void) {
    commands();
    two_at_once();
    searches();
    lost_output();
    no_environment();
    return 0;
}
