// Signals: handlers, masks, interrupted calls, default actions, stopping and continuing.

#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t count, last;

static void note(int signal) {
    count++;
    last = signal;
}

static void say(int signal) {
    printf("handler: %d\n", signal);
}

static void on(int signal, void (*handler)(int), int flags) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigaction(signal, &action, NULL);
}

static sigset_t set_of(int signal) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    return set;
}

static void handlers(void) {
    printf("default before: %d\n", signal(SIGUSR1, say) == SIG_DFL);
    raise(SIGUSR1);
    kill(getpid(), SIGUSR1);
    printf("say before: %d\n", signal(SIGUSR1, SIG_IGN) == say);
    raise(SIGUSR1);
    printf("ignored before: %d\n", signal(SIGUSR1, SIG_DFL) == SIG_IGN);
    printf("SIGKILL: %d %d\n", signal(SIGKILL, say) == SIG_ERR, errno == EINVAL);
    printf("SIGSTOP: %d %d\n", signal(SIGSTOP, SIG_IGN) == SIG_ERR, errno == EINVAL);
    printf("no such: %d %d\n", kill(getpid(), 10000), errno == EINVAL);
    struct sigaction old;
    on(SIGUSR2, note, SA_RESTART);
    sigaction(SIGUSR2, NULL, &old);
    printf("told: %d %d\n", old.sa_handler == note, (old.sa_flags & SA_RESTART) != 0);
}

// Every register must come back.
static void registers(void) {
    signal(SIGALRM, note);
    const struct itimerval often = {{0, 10000}, {0, 10000}};
    count = 0;
    setitimer(ITIMER_REAL, &often, NULL);
    unsigned a = 1, b = 2, c = 3, d = 4, wrong = 0;
    while (count < 50) {
        for (int i = 0; i < 1000; i++) a += 7, b ^= a, c = c * 5 + b, d -= c;
        unsigned a2 = a, b2 = b, c2 = c, d2 = d;
        for (int i = 0; i < 1000; i++) a += 7, b ^= a, c = c * 5 + b, d -= c;
        for (int i = 0; i < 1000; i++) a2 += 7, b2 ^= a2, c2 = c2 * 5 + b2, d2 -= c2;
        wrong += a != a2 || b != b2 || c != c2 || d != d2;
    }
    const struct itimerval never = {{0, 0}, {0, 0}};
    setitimer(ITIMER_REAL, &never, NULL);
    printf("50 alarms, %u wrong\n", wrong);
}

static void inner(int signal) {
    printf("inner %d\n", signal);
}
static void outer(int signal) {
    printf("outer %d begins\n", signal);
    raise(SIGUSR2);
    raise(SIGUSR1);  // blocked while we run
    printf("outer %d ends\n", signal);
    on(SIGUSR1, inner, 0);
}

static void nesting(void) {
    on(SIGUSR1, outer, 0);
    on(SIGUSR2, inner, 0);
    raise(SIGUSR1);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = outer;
    action.sa_mask = set_of(SIGUSR2);
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    on(SIGUSR1, say, SA_RESETHAND);
    raise(SIGUSR1);
    struct sigaction old;
    sigaction(SIGUSR1, NULL, &old);
    printf("reset: %d\n", old.sa_handler == SIG_DFL);
}

static int depth;
static void again(int signal) {
    printf("depth %d\n", ++depth);
    if (depth < 3) raise(signal);
    depth--;
}

static void masks(void) {
    on(SIGUSR1, again, SA_NODEFER);
    raise(SIGUSR1);
    sigset_t both = set_of(SIGUSR1), old, pending;
    sigaddset(&both, SIGUSR2);
    on(SIGUSR1, say, 0);
    on(SIGUSR2, say, 0);
    sigprocmask(SIG_BLOCK, &both, &old);
    printf("blocked before: %d\n", sigismember(&old, SIGUSR1));
    raise(SIGUSR2);
    raise(SIGUSR1);
    raise(SIGUSR1);
    sigpending(&pending);
    printf("pending: %d %d %d\n", sigismember(&pending, SIGUSR1), sigismember(&pending, SIGUSR2),
           sigismember(&pending, SIGTERM));
    sigset_t one = set_of(SIGUSR2);
    sigprocmask(SIG_UNBLOCK, &one, NULL);
    printf("now the other\n");
    sigset_t most;
    sigfillset(&most);
    sigdelset(&most, SIGUSR1);
    printf("sigsuspend: %d %d\n", sigsuspend(&most), errno == EINTR);
    sigprocmask(SIG_BLOCK, NULL, &old);
    printf("blocked after: %d %d\n", sigismember(&old, SIGUSR1), sigismember(&old, SIGUSR2));
    sigprocmask(SIG_SETMASK, &old, NULL);
    printf("bad how: %d %d\n", sigprocmask(77, &old, NULL), errno == EINVAL);
    sigset_t kills = set_of(SIGKILL);
    sigprocmask(SIG_BLOCK, &kills, NULL);
    sigprocmask(SIG_BLOCK, NULL, &old);
    printf("SIGKILL is never blocked: %d\n", sigismember(&old, SIGKILL));
    sigemptyset(&old);
    sigprocmask(SIG_SETMASK, &old, NULL);
}

// A child sends SIGUSR1 to its parent after a while, then a byte into the pipe after another.
static int interrupted_read(int flags) {
    int ends[2];
    pipe(ends);
    on(SIGUSR1, note, flags);
    count = 0;
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        usleep(50000);
        kill(getppid(), SIGUSR1);
        usleep(50000);
        write(ends[1], "x", 1);
        _exit(0);
    }
    char byte = 0;
    const int result = (int)read(ends[0], &byte, 1);
    const int error = errno;
    printf("flags %d: read %d%s, handler ran %d\n", flags != 0, result,
           result < 0 && error == EINTR ? " EINTR" : "", count);
    while (waitpid(child, NULL, 0) < 0) continue;
    close(ends[0]);
    close(ends[1]);
    return result;
}

static void interrupted_calls(void) {
    interrupted_read(0);
    interrupted_read(SA_RESTART);
    on(SIGALRM, note, SA_RESTART);
    const struct itimerval soon = {{0, 0}, {0, 100000}};
    setitimer(ITIMER_REAL, &soon, NULL);
    struct timespec time = {5, 0}, left = {0, 0};
    const int result = nanosleep(&time, &left);
    printf("nanosleep %d %d, left %d\n", result, errno == EINTR, (int)left.tv_sec);
    setitimer(ITIMER_REAL, &soon, NULL);
    printf("pause %d %d\n", pause(), errno == EINTR);
    setitimer(ITIMER_REAL, &soon, NULL);
    const int polled = poll(NULL, 0, 5000);  // which would begin to wait anew
    printf("poll %d %d\n", polled, errno == EINTR);
    alarm(100);
    printf("alarm left: %d\n", (int)alarm(0) > 90);
    printf("no alarm left: %d\n", (int)alarm(0));
}

static sigjmp_buf place;
static void jump(int signal) {
    siglongjmp(place, signal);
}

static void faults(void) {
    on(SIGSEGV, jump, 0);
    on(SIGILL, jump, 0);
    for (volatile int i = 0; i < 2; i++) {
        const int signal = sigsetjmp(place, 1);
        if (signal == 0) *(volatile int*)(long)(i * 4) = 1;
        printf("caught %d\n", signal);
    }
    const int signal = sigsetjmp(place, 1);
    if (signal == 0) __builtin_trap();
    printf("caught %d\n", signal);
    on(SIGSEGV, SIG_DFL, 0);
    on(SIGILL, SIG_DFL, 0);
}

static void* address;
static void with_information(int signal, siginfo_t* info, void* context) {
    (void)context;
    address = info->si_addr;
    printf("signal %d is %d\n", signal, info->si_signo);
    siglongjmp(place, 1);
}

static void information(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = with_information;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &action, NULL);
    if (sigsetjmp(place, 1) == 0) *(volatile char*)0x123 = 1;
    printf("address %d\n", address == (void*)0x123);
    on(SIGSEGV, SIG_DFL, 0);
}

static void report(const char* what, int status) {
    if (WIFEXITED(status))
        printf("%s: exit %d\n", what, WEXITSTATUS(status));
    else if (WIFSIGNALED(status))
        printf("%s: signal %d\n", what, WTERMSIG(status));
    else if (WIFSTOPPED(status))
        printf("%s: stopped by %d\n", what, WSTOPSIG(status));
    else if (WIFCONTINUED(status))
        printf("%s: continued\n", what);
}

static void default_actions(void) {
    static const int ends[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGILL,  SIGTRAP, SIGABRT, SIGBUS,  SIGFPE, SIGKILL,
                               SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGXCPU, SIGXFSZ};
    for (unsigned i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        fflush(stdout);
        const pid_t child = fork();
        if (child == 0) {
            signal(ends[i], SIG_DFL);
            raise(ends[i]);
            _exit(0);
        }
        int status;
        waitpid(child, &status, 0);
        report("default", status);
    }
    static const int nothing[] = {SIGCHLD, SIGCONT, SIGWINCH, SIGURG};
    for (unsigned i = 0; i < sizeof nothing / sizeof nothing[0]; i++) raise(nothing[i]);
    printf("nothing happened\n");
}

static void stopping(void) {
    int status = 0;
    signal(SIGUSR1, SIG_DFL);
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        raise(SIGSTOP);
        for (;;) pause();
    }
    setpgid(child, child);
    printf("%d\n", waitpid(child, &status, WUNTRACED) == child);
    report("raise", status);
    printf("once only: %d\n", waitpid(child, &status, WNOHANG | WUNTRACED | WCONTINUED));
    kill(child, SIGUSR1);
    usleep(20000);
    printf("a stopped process does not act: %d\n", waitpid(child, &status, WNOHANG));
    kill(child, SIGCONT);
    do {  // it may have ended before anybody saw it continue
        waitpid(child, &status, WCONTINUED);
    } while (WIFCONTINUED(status));
    report("then", status);

    fflush(stdout);
    const pid_t other = fork();
    if (other == 0) {
        for (;;) pause();
    }
    setpgid(other, other);  // a group that somebody outside of it looks after
    static const int stops[] = {SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU};
    for (unsigned i = 0; i < 4; i++) {
        kill(other, stops[i]);
        waitpid(other, &status, WUNTRACED);
        report("stop", status);
        kill(other, SIGCONT);
        waitpid(other, &status, WCONTINUED);
        report("go on", status);
    }
    kill(other, SIGSTOP);
    waitpid(other, &status, WUNTRACED);
    kill(other, SIGKILL);
    waitpid(other, &status, 0);
    report("killed while stopped", status);
}

static void children(void) {
    on(SIGCHLD, note, SA_RESTART);
    count = 0;
    const pid_t child = fork();
    if (child == 0) _exit(3);
    while (waitpid(child, NULL, 0) < 0) continue;
    printf("SIGCHLD came: %d %d\n", count, last == SIGCHLD);

    on(SIGCHLD, note, SA_RESTART | SA_NOCLDSTOP);
    count = 0;
    const pid_t stopper = fork();
    if (stopper == 0) {
        for (;;) pause();
    }
    int status;
    kill(stopper, SIGSTOP);
    waitpid(stopper, &status, WUNTRACED);
    printf("SA_NOCLDSTOP: %d\n", count);
    kill(stopper, SIGKILL);
    while (waitpid(stopper, &status, 0) < 0) continue;
    printf("but at the end: %d\n", count);

    signal(SIGCHLD, SIG_IGN);
    const pid_t forgotten = fork();
    if (forgotten == 0) _exit(4);
    printf("no zombie: %d %d\n", waitpid(forgotten, &status, 0), errno == ECHILD);
    signal(SIGCHLD, SIG_DFL);
}

static void inheritance(void) {
    signal(SIGUSR1, say);
    sigset_t set = set_of(SIGUSR2), old;
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR2);
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        raise(SIGUSR1);
        sigprocmask(SIG_BLOCK, NULL, &old);
        printf("the mask is inherited: %d", sigismember(&old, SIGUSR2));
        sigpending(&old);
        printf(", what is pending is not: %d\n", sigismember(&old, SIGUSR2));
        fflush(stdout);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    signal(SIGUSR2, SIG_IGN);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    signal(SIGTERM, SIG_IGN);
    fflush(stdout);
    int status;
    const pid_t second = fork();
    if (second == 0) {
        execl("/bin/sh", "sh", "-c", "kill -TERM $$; echo ignored after exec; kill -USR1 $$", (char*)NULL);
        _exit(9);
    }
    waitpid(second, &status, 0);
    report("caught is default after exec", status);
    signal(SIGTERM, SIG_DFL);
}

static void groups(void) {
    fflush(stdout);
    pid_t members[3];
    for (int i = 0; i < 3; i++) {
        members[i] = fork();
        if (members[i] == 0) {
            setpgid(0, i == 0 ? 0 : members[0]);
            for (;;) pause();
        }
        setpgid(members[i], members[0]);
    }
    printf("one group: %d\n", getpgid(members[2]) == members[0]);
    printf("killpg: %d\n", killpg(members[0], SIGTERM));
    for (int i = 0; i < 3; i++) {
        int status;
        waitpid(-members[0], &status, 0);
        report("member", status);
    }
    printf("nobody left: %d %d\n", killpg(members[0], 0), errno == ESRCH);
    printf("no child left: %d %d\n", (int)waitpid(-members[0], NULL, 0), errno == ECHILD);

    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        const pid_t session = setsid();
        printf("setsid: %d %d %d\n", session == getpid(), getsid(0) == session, getpgrp() == session);
        printf("again: %d %d\n", (int)setsid(), errno == EPERM);
        printf("leader's group: %d %d\n", setpgid(0, 0), errno == EPERM);
        fflush(stdout);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    printf("another's group: %d %d\n", setpgid(1, 0), errno == ESRCH);
    printf("no such group: %d %d\n", setpgid(0, 30000), errno == EPERM);
    printf("bad options: %d %d\n", (int)waitpid(-1, NULL, 0x4000), errno == EINVAL);
}

int main(void) {
    handlers();
    registers();
    nesting();
    masks();
    interrupted_calls();
    faults();
    information();
    default_actions();
    stopping();
    children();
    inheritance();
    groups();
    return 0;
}
