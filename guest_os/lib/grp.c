// /etc/group: a line for each group of users, name:password:gid:member,member...

#include <grp.h>
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

struct group *getgrent(void) {
    if (!file) setgrent();
    if (!file || !fgets(line, sizeof line, file)) return NULL;
    line[strcspn(line, "\n")] = '\0';
    char *rest = line;
    entry.gr_name = next_field(&rest, ":");
    entry.gr_passwd = next_field(&rest, ":");
    entry.gr_gid = (gid_t)atoi(next_field(&rest, ":"));
    entry.gr_mem = members;
    int count = 0;
    for (char *member; count < MOST_MEMBERS && *(member = next_field(&rest, ",")) != '\0';) members[count++] = member;
    members[count] = NULL;
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
