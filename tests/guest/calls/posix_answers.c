// What some functions of POSIX answer here; elsewhere they may answer otherwise.

#include <limits.h>
#include <string.h>
#include <termios.h>

#include "check.h"

static void errors(void) {
    char text[40];
    CHECK(strerror_r(ENOENT, text, sizeof text) == 0 && strcmp(text, "No such file or directory") == 0);
    CHECK(strerror_r(ENOENT, text, 8) == ERANGE && strcmp(text, "No such") == 0);
    CHECK(strerror_r(999, text, sizeof text) == EINVAL && strcmp(text, "Unknown error 999") == 0);
}

static void users(void) {
    gid_t groups[NGROUPS_MAX];
    CHECK(getgroups(NGROUPS_MAX, groups) == 0 && getgroups(0, NULL) == 0);
    CHECK(FAILS(getgroups(-1, groups), EINVAL));
}

static void terminals(void) {
    int ends[2];
    CHECK(pipe(ends) == 0 && FAILS(tcsendbreak(ends[0], 0), ENOTTY));
    CHECK(close(ends[0]) == 0 && close(ends[1]) == 0);
}

int main(void) {
    errors();
    users();
    terminals();
    return report();
}
