// /etc/passwd: a line for each user, name:password:uid:gid:who:home:shell.

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *file;
static char line[256];
static struct passwd entry;

void setpwent(void) {
    endpwent();
    file = fopen("/etc/passwd", "re");
}

void endpwent(void) {
    if (file) fclose(file);
    file = NULL;
}

static char *next_field(char **rest) {
    char *field = strsep(rest, ":");
    return field ? field : "";
}

struct passwd *getpwent(void) {
    if (!file) setpwent();
    if (!file || !fgets(line, sizeof line, file)) return NULL;
    line[strcspn(line, "\n")] = '\0';
    char *rest = line;
    entry.pw_name = next_field(&rest);
    entry.pw_passwd = next_field(&rest);
    entry.pw_uid = (uid_t)atoi(next_field(&rest));
    entry.pw_gid = (gid_t)atoi(next_field(&rest));
    entry.pw_gecos = next_field(&rest);
    entry.pw_dir = next_field(&rest);
    entry.pw_shell = next_field(&rest);
    return &entry;
}

struct passwd *getpwnam(const char *name) {
    struct passwd *user;
    setpwent();
    while ((user = getpwent()) != NULL && strcmp(user->pw_name, name) != 0) continue;
    endpwent();
    return user;
}

struct passwd *getpwuid(uid_t uid) {
    struct passwd *user;
    setpwent();
    while ((user = getpwent()) != NULL && user->pw_uid != uid) continue;
    endpwent();
    return user;
}
