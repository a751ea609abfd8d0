// Who a process works for, and what only root may.

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "check.h"


static int is(uid_t real, uid_t effective) { return getuid() == real && geteuid() == effective; }

static int become_for_a_while(void) {
    CHECK(is(0, 0) && getgid() == 0 && getegid() == 0);
    CHECK(setegid(100) == 0 && getegid() == 100 && getgid() == 0);
    CHECK(seteuid(1000) == 0 && is(0, 1000));
    CHECK(FAILS(seteuid(1001), EPERM));
    CHECK(FAILS(open("/etc/shadow-of-users", O_WRONLY | O_CREAT, 0600), EACCES));
    CHECK(seteuid(0) == 0 && is(0, 0));
    return broken_promises;
}

static int become_for_good(void) {
    CHECK(setgid(100) == 0 && getgid() == 100 && getegid() == 100);
    CHECK(setuid(1000) == 0 && is(1000, 1000));
    CHECK(FAILS(setuid(0), EPERM) && FAILS(seteuid(0), EPERM));
    CHECK(FAILS(setgid(0), EPERM) && FAILS(setegid(0), EPERM));
    CHECK(FAILS(setuid(70000), EINVAL));
    return broken_promises;
}

// What concerns everybody is not for users.
static int ask_too_much(void) {
    struct memory_settings memory;
    struct sched_settings settings;
    struct sched_parameters parameters;
    struct rlimit limit;
    setuid(1000);
    CHECK(FAILS(poweroff(3), EPERM));
    CHECK(FAILS(sched(1, -1), EPERM) && sched(-1, -1) >= 0);
    CHECK(sched_settings(NULL, &settings) == 0 && FAILS(sched_settings(&settings, NULL), EPERM));
    CHECK(memory_settings(NULL, &memory) == 0 && FAILS(memory_settings(&memory, NULL), EPERM));
    CHECK(sched_parameters(1, NULL, &parameters) == 0 && FAILS(sched_parameters(1, &parameters, NULL), EPERM));
    CHECK(sched_parameters(0, NULL, &parameters) == 0 && sched_parameters(0, &parameters, NULL) == 0);
    parameters.nice--;
    CHECK(FAILS(sched_parameters(0, &parameters, NULL), EACCES));  // as setpriority() says it
    parameters.nice += 2;
    CHECK(sched_parameters(0, &parameters, NULL) == 0);
    CHECK(FAILS(kill(1, SIGTERM), EPERM) && FAILS(kill(1, 0), EPERM));
    CHECK(FAILS(mknod("/tmp/device", S_IFCHR | 0666, 1), EPERM));
    CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    limit.rlim_max++;
    CHECK(FAILS(setrlimit(RLIMIT_NOFILE, &limit), EPERM));
    return broken_promises;
}

static int owners(void) {
    struct stat status;
    const int file = open("owned", O_RDWR | O_CREAT, 0644);
    symlink("owned", "link");
    CHECK(chown("owned", 1000, 100) == 0 && fstat(file, &status) == 0 && status.st_uid == 1000 && status.st_gid == 100);
    CHECK(fchown(file, 1001, -1) == 0 && stat("owned", &status) == 0 && status.st_uid == 1001 && status.st_gid == 100);
    CHECK(lchown("link", 7, 8) == 0 && lstat("link", &status) == 0 && status.st_uid == 7 && status.st_gid == 8);
    CHECK(stat("link", &status) == 0 && status.st_uid == 1001);
    setuid(1000);
    CHECK(FAILS(chown("owned", 1000, 100), EPERM) && FAILS(fchown(file, 1000, 100), EPERM));
    CHECK(FAILS(chmod("owned", 0777), EPERM));
    CHECK(FAILS(open("owned", O_RDWR), EACCES));
    return broken_promises;
}

int main(void) {
    CHECK(in_child(become_for_a_while) == 0);
    CHECK(in_child(become_for_good) == 0);
    CHECK(in_child(ask_too_much) == 0);
    CHECK(in_child(owners) == 0);
    return report();
}
