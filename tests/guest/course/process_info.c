// What a process knows of itself and its children; then it becomes another program.

#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/types.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static void bye(void) {
    printf("atexit\n");
}
static void bye2(int s, void* a) {
    printf("on_exit %d %s\n", s, (char*)a);
}
int main(void) {
    atexit(bye);
    on_exit(bye2, "arg");
    printf("%d %d\n", getpid() > 0, getppid() > 0);
    printf("%d\n", getpgrp() == getpgid(0));
    pid_t p = fork();
    if (p == 0) {
        setpgid(0, 0);
        printf("leader %d\n", getpgrp() == getpid());
        fflush(stdout);
        _exit(7);
    }
    int st;
    waitpid(p, &st, 0);
    printf("%d %d\n", WIFEXITED(st), WEXITSTATUS(st));
    printf("%d %s\n", (int)wait(&st), strerror(errno));
    setenv("FOO", "bar", 1);
    printf("%s\n", getenv("FOO"));
    putenv("X=1");
    printf("%s\n", getenv("X"));
    unsetenv("FOO");
    printf("%d\n", getenv("FOO") == NULL);
    struct timeval a, b;
    gettimeofday(&a, NULL);
    usleep(1000);
    gettimeofday(&b, NULL);
    printf("%d\n", timercmp(&a, &b, <));
    struct tms t;
    times(&t);
    printf("%d %ld\n", t.tms_utime >= 0, sysconf(_SC_CLK_TCK));
    printf("%d\n", sysconf(_SC_NPROCESSORS_ONLN) >= 1);
    errno = 0;
    printf("%d %d\n", getpriority(PRIO_PROCESS, 0) <= 20, errno);
    struct utsname u;
    printf("%d\n", uname(&u));
    char h[64];
    printf("%d\n", gethostname(h, sizeof h));
    struct passwd* pw = getpwuid(0);
    printf("%s\n", pw->pw_name);
    struct group* g = getgrgid(0);
    printf("%s\n", g ? g->gr_name : "none");
    if (vfork() == 0) _exit(0);
    wait(&st);
    printf("vfork ok\n");
    struct rusage ru;
    p = fork();
    if (!p) {
        for (volatile int i = 0; i < 100000; i++);
        _exit(0);
    }
    printf("%d\n", wait4(p, &st, 0, &ru) == p);
    int r = nice(1);
    printf("nice %d\n", r >= 1);
    execl("/bin/echo", "echo", "exec", "at", "end", (char*)0);
    return 1;
}
