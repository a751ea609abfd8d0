// Thin POSIX layers over the process system calls.

#include "thread.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t vfork(void) { return fork(); }

pid_t wait(int *status) { return waitpid(-1, status, 0); }

static void tell_of_child(siginfo_t *information, pid_t child, int status) {
    *information = (siginfo_t){.si_pid = child, .si_signo = child > 0 ? SIGCHLD : 0};
    if (child <= 0) return;
    information->si_uid = getuid();
    if (WIFEXITED(status)) {
        information->si_code = CLD_EXITED;
        information->si_status = WEXITSTATUS(status);
    } else if (WIFSTOPPED(status)) {
        information->si_code = CLD_STOPPED;
        information->si_status = WSTOPSIG(status);
    } else if (WIFCONTINUED(status)) {
        information->si_code = CLD_CONTINUED;
        information->si_status = SIGCONT;
    } else {
        information->si_code = CLD_KILLED;
        information->si_status = WTERMSIG(status);
    }
}

int waitid(idtype_t type, id_t id, siginfo_t *information, int options) {
    if (!(options & WEXITED) || (options & ~(WEXITED | WSTOPPED | WCONTINUED | WNOHANG)) || type > P_PGID) {
        errno = EINVAL;
        return -1;
    }
    int status;
    const pid_t whom = type == P_ALL ? -1 : type == P_PID ? (pid_t)id : -(pid_t)id;
    const pid_t child = waitpid(whom, &status, options & ~WEXITED);
    if (child < 0) return -1;
    if (information != NULL) tell_of_child(information, child, status);
    return 0;
}

// What this child has used is what all children together have used more than before.
pid_t wait4(pid_t pid, int *status, int options, struct rusage *used) {
    struct rusage before, after;
    getrusage(RUSAGE_CHILDREN, &before);
    const pid_t child = waitpid(pid, status, options);
    if (child <= 0 || used == NULL) return child;
    getrusage(RUSAGE_CHILDREN, &after);
    timersub(&after.ru_utime, &before.ru_utime, &used->ru_utime);
    timersub(&after.ru_stime, &before.ru_stime, &used->ru_stime);
    used->ru_maxrss = 0;
    used->ru_minflt = after.ru_minflt - before.ru_minflt;
    used->ru_majflt = after.ru_majflt - before.ru_majflt;
    used->ru_nvcsw = after.ru_nvcsw - before.ru_nvcsw;
    used->ru_nivcsw = after.ru_nivcsw - before.ru_nivcsw;
    return child;
}

pid_t wait3(int *status, int options, struct rusage *used) { return wait4(-1, status, options, used); }

// To the thread that calls, which has seen to it when this returns; kill() would leave it to any of them.
int raise(int signal) { return thread_kill(gettid(), signal); }

pid_t getpgrp(void) { return getpgid(0); }
int setpgrp(void) { return setpgid(0, 0); }

char *getlogin(void) {
    const struct passwd *user = getpwuid(getuid());
    return user == NULL ? NULL : user->pw_name;
}

// There is one terminal.
char *ttyname(int descriptor) {
    static char name[] = "/dev/console";
    return isatty(descriptor) ? name : NULL;
}

int ttyname_r(int descriptor, char *name, size_t size) {
    const char *own = ttyname(descriptor);
    if (own == NULL) return errno;
    return strlcpy(name, own, size) < size ? 0 : ERANGE;
}

int getgroups(int size, gid_t groups[]) {
    (void)groups;
    if (size >= 0) return 0;
    errno = EINVAL;
    return -1;
}

int dup3(int descriptor, int target, int flags) {
    if (descriptor == target || (flags & ~O_CLOEXEC) != 0) {
        errno = EINVAL;
        return -1;
    }
    if (dup2(descriptor, target) < 0) return -1;
    return flags & O_CLOEXEC && fcntl(target, F_SETFD, FD_CLOEXEC) < 0 ? -1 : target;
}

int brk(void *end) {
    const int difference = (int)((char *)end - (char *)sbrk(0));
    return sbrk(difference) == (void *)-1 ? -1 : 0;
}

int getpagesize(void) { return 4096; }
