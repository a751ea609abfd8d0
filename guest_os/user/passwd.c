// passwd [USER]: changes a password in /etc/passwd: one's own, or, for root, anybody's.

#include <crypt.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/users.h"

#define NEW_FILE "/etc/passwd.new"

// From the clock: what matters is that two users get different ones.
static const char *make_setting(void) {
    static const char digits[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static char setting[40];
    unsigned long long cycles;
    clock_cycles(&cycles);
    srand((unsigned)cycles ^ (unsigned)getpid() << 16);
    strcpy(setting, "$5$rounds=1000$");
    for (char *at = setting + strlen(setting), *end = at + 8; at < end; ++at) *at = digits[rand() % 64];
    return setting;
}

static int write_all(FILE *out, const char *name, const char *hash) {
    const struct passwd *user;
    setpwent();
    while ((user = getpwent()) != NULL) {
        const char *password = strcmp(user->pw_name, name) == 0 ? hash : user->pw_passwd;
        fprintf(out, "%s:%s:%u:%u:%s:%s:%s\n", user->pw_name, password, user->pw_uid, user->pw_gid, user->pw_gecos,
                user->pw_dir, user->pw_shell);
    }
    endpwent();
    return fclose(out) == 0 && rename(NEW_FILE, "/etc/passwd") == 0;
}

int main(int argc, char *argv[]) {
    const struct passwd *user = argc > 1 ? getpwnam(argv[1]) : getpwuid(getuid());
    if (user == NULL) {
        fprintf(stderr, "passwd: there is no such user\n");
        return 1;
    }
    if (getuid() != 0 && (user->pw_uid != getuid() || !password_is_right(user, getpass("Old password: ")))) {
        fprintf(stderr, "passwd: you may not change it\n");
        return 1;
    }
    char name[64], first[128];
    snprintf(name, sizeof name, "%s", user->pw_name);
    snprintf(first, sizeof first, "%s", getpass("New password: "));
    if (strcmp(first, getpass("Again: ")) != 0) {
        fprintf(stderr, "passwd: these are not the same: nothing is changed\n");
        return 1;
    }
    const char *hash = crypt(first, make_setting());
    FILE *out = hash ? fopen(NEW_FILE, "w") : NULL;
    if (out == NULL || !write_all(out, name, hash)) {
        perror("passwd: /etc/passwd");
        return 1;
    }
    return 0;
}
