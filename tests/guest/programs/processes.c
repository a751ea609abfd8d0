// fork, exec, wait, exit, kill, pipe, dup2: what a parent learns of its children.

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void report(const char *what, int status) {
    if (WIFEXITED(status)) printf("%s: exit %d\n", what, WEXITSTATUS(status));
    else if (WIFSIGNALED(status)) printf("%s: signal %d\n", what, WTERMSIG(status));
    else printf("%s: ?\n", what);
}

static void run(const char *what, void (*body)(void)) {
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        body();
        exit(0);
    }
    int status = -1;
    printf("%s: %s\n", what, waitpid(child, &status, 0) == child ? "collected" : "lost");
    report(what, status);
}

static void exit_with_7(void) { exit(7); }
static void exit_with_300(void) { exit(300); }
static void call_abort(void) { abort(); }
static void kill_itself(void) { kill(getpid(), SIGKILL); }
static void terminate_itself(void) { raise(SIGTERM); }
static void read_null(void) { printf("%d\n", *(volatile int *)0); }
static void write_null(void) { *(volatile int *)8 = 1; }
static void jump_to_nowhere(void) { ((void (*)(void))0x40)(); }
static void illegal(void) { __builtin_trap(); }
static int deepen(volatile int depth) {
    volatile char frame[4096];
    frame[depth % 4096] = 1;
    return depth < 0 ? frame[0] : deepen(depth + 1) + frame[1];
}
static void overflow_stack(void) { deepen(0); }
static void write_text(void) { *(volatile char *)(void *)&write_text = 0; }
static void read_kernel(void) { *(volatile int *)0xFFFFFFFFFFFFF000; }

static void exec_echo(void) { execlp("echo", "echo", "from", "exec", (char *)NULL); }
static void exec_missing(void) {
    execl("/no/such/program", "x", (char *)NULL);
    exit(errno == ENOENT ? 55 : 56);
}
static void break_pipe(void) {
    int ends[2];
    pipe(ends);
    close(ends[0]);
    write(ends[1], "x", 1);
}
static void ignore_broken_pipe(void) {
    int ends[2];
    signal(SIGPIPE, SIG_IGN);
    pipe(ends);
    close(ends[0]);
    const ssize_t result = write(ends[1], "x", 1);
    exit(result < 0 && errno == EPIPE ? 44 : 45);
}
static void closed_standard_output(void) {
    close(STDOUT_FILENO);
    exit(write(STDOUT_FILENO, "x", 1) < 0 && errno == EBADF ? 33 : 34);
}

static void tell(void *text) { puts(text); }
static void at_exit_1(void) { tell("first registered"); }
static void at_exit_2(void) { tell("second registered"); }
static void exits_politely(void) {
    atexit(at_exit_1);
    atexit(at_exit_2);
    printf("buffered ");
    exit(3);
}

static void captured_output(void) {
    int ends[2];
    pipe(ends);
    if (fork() == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execlp("echo", "echo", "captured", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    char text[64];
    const ssize_t length = read(ends[0], text, sizeof text - 1);
    text[length > 0 ? length : 0] = '\0';
    printf("captured: %s", text);
    printf("then %d\n", (int)read(ends[0], text, 1));
    wait(NULL);
}

static void many_children(void) {
    for (int i = 0; i < 10; ++i) {
        if (fork() == 0) _exit(i);
    }
    int sum = 0, count = 0, status;
    while (wait(&status) > 0) sum += WEXITSTATUS(status), ++count;
    printf("%d children, sum %d, then errno %d\n", count, sum, errno == ECHILD);
}

static void long_pipe(void) {
    int ends[2];
    pipe(ends);
    if (fork() == 0) {
        close(ends[0]);
        for (int i = 0; i < 20000; ++i) {
            const char c = (char)i;
            write(ends[1], &c, 1);
            if (i % 100 == 0) write(ends[1], "0123456789abcdefghijklmnopqrstuvwxyz", 36);
        }
        _exit(0);
    }
    close(ends[1]);
    unsigned sum = 0, bytes = 0;
    char buffer[777];
    for (ssize_t count; (count = read(ends[0], buffer, sizeof buffer)) > 0; bytes += (unsigned)count) {
        for (ssize_t i = 0; i < count; ++i) sum = sum * 31 + (unsigned char)buffer[i];
    }
    wait(NULL);
    printf("%u bytes, %u\n", bytes, sum);
}

static void no_hang(void) {
    const pid_t child = fork();
    if (child == 0) {
        for (;;) sleep(1);
    }
    printf("running: %d\n", waitpid(child, NULL, WNOHANG));
    kill(child, SIGTERM);
    int status;
    waitpid(child, &status, 0);
    report("stopped", status);
    printf("%d\n", kill(child, 0) < 0 && errno == ESRCH);
}

static void environment(void) {
    setenv("FRUIT", "peach", 1);
    fflush(stdout);
    if (fork() == 0) {
        setenv("FRUIT", "plum", 0);
        putenv("COLOUR=red");
        execl("/bin/sh", "sh", "-c", "echo $FRUIT $COLOUR", (char *)NULL);
    }
    wait(NULL);
    printf("%s %d\n", getenv("FRUIT"), getenv("COLOUR") == NULL);
    unsetenv("FRUIT");
    printf("%d\n", getenv("FRUIT") == NULL);
    fflush(stdout);
    report("system", system("exit 9"));
}

int main(void) {
    run("exit", exit_with_7);
    run("exit 300", exit_with_300);
    run("polite", exits_politely);
    run("abort", call_abort);
    run("kill", kill_itself);
    run("raise", terminate_itself);
    run("null read", read_null);
    run("null write", write_null);
    run("jump", jump_to_nowhere);
    run("illegal", illegal);
    run("overflow", overflow_stack);
    run("write text", write_text);
    run("read kernel", read_kernel);
    run("exec", exec_echo);
    run("exec missing", exec_missing);
    run("broken pipe", break_pipe);
    run("ignored broken pipe", ignore_broken_pipe);
    run("closed output", closed_standard_output);
    captured_output();
    many_children();
    long_pipe();
    no_hang();
    environment();
    return 0;
}
