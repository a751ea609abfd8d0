// /etc/group: a line for each group of users, name:password:gid:member,member...

#include "account_lines.h"

#include <errno.h>
#include <grp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_MEMBERS = 16 };

static FILE *file;
static char line[256];
static char *members[MOST_MEMBERS + 1];
static struct group entry;

void setgrent(void) {
    endgrent();
    file = fopen("/etc/group", "re");
}

void endgrent(void) {
    if (file) fclose(file);
    file = NULL;
}

static char *next_field(char **rest, const char *separator) {
    char *field = strsep(rest, separator);
    return field ? field : "";
}

static void read_entry(struct group *group, char *rest, char **group_members) {
    rest[strcspn(rest, "\n")] = '\0';
    group->gr_name = next_field(&rest, ":");
    group->gr_passwd = next_field(&rest, ":");
    group->gr_gid = (gid_t)atoi(next_field(&rest, ":"));
    group->gr_mem = group_members;
    int count = 0;
    for (char *member; count < MOST_MEMBERS && *(member = next_field(&rest, ",")) != '\0';) group_members[count++] = member;
    group_members[count] = NULL;
}

struct group *getgrent(void) {
    if (!file) setgrent();
    if (!file || !fgets(line, sizeof line, file)) return NULL;
    read_entry(&entry, line, members);
    return &entry;
}

struct group *getgrnam(const char *name) {
    struct group *group;
    setgrent();
    while ((group = getgrent()) != NULL && strcmp(group->gr_name, name) != 0) continue;
    endgrent();
    return group;
}

struct group *getgrgid(gid_t gid) {
    struct group *group;
    setgrent();
    while ((group = getgrent()) != NULL && group->gr_gid != gid) continue;
    endgrent();
    return group;
}

// A name, or if that is NULL a number.
struct wanted {
    const char *name;
    gid_t gid;
    struct group *group;
    char **members;
};

static bool fits(char *text, void *about) {
    const struct wanted *wanted = about;
    read_entry(wanted->group, text, wanted->members);
    return wanted->name != NULL ? strcmp(wanted->group->gr_name, wanted->name) == 0 : wanted->group->gr_gid == wanted->gid;
}

// The list of members comes first in the caller's memory.
static int find(struct wanted wanted, char *memory, size_t size, struct group **result) {
    const size_t skipped = -(uintptr_t)memory % sizeof(char *), before = skipped + sizeof members;
    *result = NULL;
    if (size < before + 2) return ERANGE;
    wanted.members = (char **)(void *)(memory + skipped);
    bool found;
    const int error = __find_line("/etc/group", memory + before, size - before, fits, &wanted, &found);
    if (error == 0 && found) *result = wanted.group;
    return error;
}

int getgrnam_r(const char *name, struct group *group, char *text, size_t size, struct group **result) {
    return find((struct wanted){.name = name, .group = group}, text, size, result);
}

int getgrgid_r(gid_t gid, struct group *group, char *text, size_t size, struct group **result) {
    return find((struct wanted){.gid = gid, .group = group}, text, size, result);
}
