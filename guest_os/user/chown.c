// chown [-h] owner[:group] file...: gives files to another user (root only), and to another group; each by name or number.
// -h: a symbolic link itself.

#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/lines.h"

enum { UNCHANGED = -1 };

static bool is_number(const char *text) { return text[strspn(text, "0123456789")] == '\0'; }

_Noreturn static void refuse(const char *what, const char *name) {
    fprintf(stderr, "chown: %s: no such %s\n", name, what);
    exit(1);
}

static uid_t user_of(const char *name) {
    const struct passwd *user = getpwnam(name);
    if (user != NULL) return user->pw_uid;
    if (!is_number(name)) refuse("user", name);
    return (uid_t)atoi(name);
}

static gid_t group_of(const char *name) {
    const struct group *group = getgrnam(name);
    if (group != NULL) return group->gr_gid;
    if (!is_number(name)) refuse("group", name);
    return (gid_t)atoi(name);
}

int main(int argc, char *argv[]) {
    int (*change)(const char *, uid_t, gid_t) = chown;
    for (int option; (option = getopt(argc, argv, "h")) != -1;) {
        if (option == 'h') change = lchown;
        else return 1;
    }
    if (argc - optind < 2) {
        fprintf(stderr, "usage: chown [-h] owner[:group] file...\n");
        return 1;
    }
    char *group = strchr(argv[optind], ':');
    if (group != NULL) *group++ = '\0';
    const uid_t uid = argv[optind][0] != '\0' ? user_of(argv[optind]) : (uid_t)UNCHANGED;
    const gid_t gid = group != NULL && *group != '\0' ? group_of(group) : (gid_t)UNCHANGED;
    int status = 0;
    for (int i = optind + 1; i < argc; ++i) {
        if (change(argv[i], uid, gid) < 0) status = report("chown", argv[i]);
    }
    return status;
}
