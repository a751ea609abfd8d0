// /etc/passwd: a line for each user, name:password:uid:gid:who:home:shell.

#include "account_lines.h"

#include <pwd.h>
#include <stdbool.h>
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

static void read_entry(struct passwd *user, char *rest) {
    rest[strcspn(rest, "\n")] = '\0';
    user->pw_name = next_field(&rest);
    user->pw_passwd = next_field(&rest);
    user->pw_uid = (uid_t)atoi(next_field(&rest));
    user->pw_gid = (gid_t)atoi(next_field(&rest));
    user->pw_gecos = next_field(&rest);
    user->pw_dir = next_field(&rest);
    user->pw_shell = next_field(&rest);
}

struct passwd *getpwent(void) {
    if (!file) setpwent();
    if (!file || !fgets(line, sizeof line, file)) return NULL;
    read_entry(&entry, line);
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

// A name, or if that is NULL a number.
struct wanted {
    const char *name;
    uid_t uid;
    struct passwd *user;
};

static bool fits(char *text, void *about) {
    const struct wanted *wanted = about;
    read_entry(wanted->user, text);
    return wanted->name != NULL ? strcmp(wanted->user->pw_name, wanted->name) == 0 : wanted->user->pw_uid == wanted->uid;
}

static int find(struct wanted wanted, char *text, size_t size, struct passwd **result) {
    bool found;
    const int error = __find_line("/etc/passwd", text, size, fits, &wanted, &found);
    *result = error == 0 && found ? wanted.user : NULL;
    return error;
}

int getpwnam_r(const char *name, struct passwd *user, char *text, size_t size, struct passwd **result) {
    return find((struct wanted){.name = name, .user = user}, text, size, result);
}

int getpwuid_r(uid_t uid, struct passwd *user, char *text, size_t size, struct passwd **result) {
    return find((struct wanted){.uid = uid, .user = user}, text, size, result);
}
