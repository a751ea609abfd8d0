// Handlers, masks, alarms, jumps out of a fault, and a child that is stopped, continued and terminated.

#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
static volatile sig_atomic_t got_usr1, got_chld, alarms;
static void on_usr1(int s) {
    (void)s;
    got_usr1++;
}
static void on_chld(int s) {
    (void)s;
    int e = errno;
    while (waitpid(-1, NULL, WNOHANG) > 0) got_chld++;
    errno = e;
}
static void on_alarm(int s) {
    (void)s;
    alarms++;
}
static sigjmp_buf env;
static void on_segv(int s, siginfo_t* info, void* ctx) {
    (void)ctx;
    printf("signal %d at %p code %s\n", s, info->si_addr, info->si_code > 0 ? "kernel" : "user");
    siglongjmp(env, 1);
}
int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    struct sigaction sa;
    memset(&sa, 0, sizeof sa);
    sa.sa_handler = on_usr1;
    sigemptyset(&sa.sa_mask);
    sa.sa_flags = 0;
    sigaction(SIGUSR1, &sa, NULL);
    kill(getpid(), SIGUSR1);
    raise(SIGUSR1);
    printf("usr1 %d\n", (int)got_usr1);
    sigset_t block, old, pend;
    sigemptyset(&block);
    sigaddset(&block, SIGUSR1);
    sigprocmask(SIG_BLOCK, &block, &old);
    raise(SIGUSR1);
    sigpending(&pend);
    printf("pending %d, got %d\n", sigismember(&pend, SIGUSR1), (int)got_usr1);
    sigprocmask(SIG_SETMASK, &old, NULL);
    printf("after unblock %d\n", (int)got_usr1);
    sa.sa_handler = on_chld;
    sa.sa_flags = SA_RESTART;
    sigaction(SIGCHLD, &sa, NULL);
    sigemptyset(&block);
    sigaddset(&block, SIGCHLD);
    sigprocmask(SIG_BLOCK, &block, &old);
    for (int i = 0; i < 3; i++)
        if (fork() == 0) _exit(i);
    while (got_chld < 3) sigsuspend(&old);
    sigprocmask(SIG_SETMASK, &old, NULL);
    printf("children %d\n", (int)got_chld);
    signal(SIGCHLD, SIG_DFL);
    sa.sa_handler = on_alarm;
    sa.sa_flags = 0;
    sigaction(SIGALRM, &sa, NULL);
    struct itimerval it = {{0, 20000}, {0, 20000}};
    setitimer(ITIMER_REAL, &it, NULL);
    while (alarms < 3) pause();
    it.it_value.tv_usec = it.it_interval.tv_usec = 0;
    setitimer(ITIMER_REAL, &it, NULL);
    printf("alarms ok\n");
    it.it_value.tv_sec = it.it_interval.tv_sec = 1;  // again and again: the first may come before anything waits
    setitimer(ITIMER_REAL, &it, NULL);
    char c;
    int fds[2];
    pipe(fds);
    int n = read(fds[0], &c, 1);
    const int why = errno;
    alarm(0);
    errno = why;
    printf("read %d errno %s\n", n, n < 0 ? strerror(errno) : "-");
    sa.sa_sigaction = on_segv;
    sa.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &sa, NULL);
    if (sigsetjmp(env, 1) == 0) {
        *(volatile int*)16 = 1;
    } else
        printf("recovered\n");
    if (sigsetjmp(env, 1) == 0) {
        *(volatile int*)32 = 1;
    } else
        printf("recovered again\n");
    signal(SIGINT, SIG_IGN);
    raise(SIGINT);
    printf("ignored\n");
    pid_t p = fork();
    if (p == 0) {
        signal(SIGTERM, SIG_DFL);
        for (;;) pause();
    }
    kill(p, SIGSTOP);
    int st;
    waitpid(p, &st, WUNTRACED);
    printf("stopped %d by %d\n", WIFSTOPPED(st), WSTOPSIG(st) == SIGSTOP);
    kill(p, SIGCONT);
    waitpid(p, &st, WCONTINUED);
    printf("continued %d\n", WIFCONTINUED(st));
    kill(p, SIGTERM);
    waitpid(p, &st, 0);
    printf("terminated %d\n", WTERMSIG(st));
    psignal(SIGUSR2, "psignal");
    return 0;
}
