// For programs that let somebody in: login and su.

#include "users.h"

#include <crypt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int password_is_right(const struct passwd *user, const char *typed) {
    if (user->pw_passwd[0] == '\0') return 1;  // none is needed
    const char *hash = crypt(typed, user->pw_passwd);
    return hash && strcmp(hash, user->pw_passwd) == 0;
}

// The group first: afterwards one has no right to change it any more.
int become_user(const struct passwd *user) {
    if (setgid(user->pw_gid) < 0 || setuid(user->pw_uid) < 0) return -1;
    setenv("HOME", user->pw_dir, 1);
    setenv("USER", user->pw_name, 1);
    setenv("SHELL", user->pw_shell, 1);
    return 0;
}
