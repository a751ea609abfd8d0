// The smallest shell: words, one pipe, and what became of each command.

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#define MAXARGS 20
#define MAXLINE 200
static int parse(char* line, char** argv) {
    int n = 0;
    char* save;
    for (char* t = strtok_r(line, " \t\r\n", &save); t && n < MAXARGS - 1;
         t = strtok_r(NULL, " \t\r\n", &save))
        argv[n++] = t;
    argv[n] = NULL;
    return n;
}
static void run_pipe(char* l, char* r) {
    int fds[2];
    char *a[MAXARGS], *b[MAXARGS];
    parse(l, a);
    parse(r, b);
    if (pipe(fds) == -1) {
        perror("pipe");
        exit(1);
    }
    pid_t p1 = fork();
    if (p1 == 0) {
        dup2(fds[1], STDOUT_FILENO);
        close(fds[0]);
        close(fds[1]);
        execvp(a[0], a);
        perror(a[0]);
        _exit(127);
    }
    pid_t p2 = fork();
    if (p2 == 0) {
        dup2(fds[0], STDIN_FILENO);
        close(fds[0]);
        close(fds[1]);
        execvp(b[0], b);
        perror(b[0]);
        _exit(127);
    }
    close(fds[0]);
    close(fds[1]);
    int s;
    waitpid(p1, &s, 0);
    waitpid(p2, &s, 0);
    printf("pipeline status %d\n", WEXITSTATUS(s));
}
int main(void) {
    char line[MAXLINE];
    const char* script[] = {"echo hello world",
                            "echo one two three | wc -w",
                            "false",
                            "nosuchcommand",
                            "sh -c exit",
                            NULL};
    for (int i = 0; script[i]; i++) {
        strncpy(line, script[i], sizeof line - 1);
        fflush(stdout);
        char* bar = strchr(line, '|');
        if (bar) {
            *bar = 0;
            run_pipe(line, bar + 1);
            continue;
        }
        char* argv[MAXARGS];
        parse(line, argv);
        pid_t pid = fork();
        if (pid == 0) {
            execvp(argv[0], argv);
            printf("%s: %s\n", argv[0], strerror(errno));
            fflush(stdout);
            _exit(127);
        }
        int status;
        waitpid(pid, &status, 0);
        if (WIFEXITED(status))
            printf("[%s] exited %d\n", argv[0], WEXITSTATUS(status));
        else if (WIFSIGNALED(status))
            printf("[%s] killed by %d (%s)\n", argv[0], WTERMSIG(status), strsignal(WTERMSIG(status)));
    }
    return 0;
}
