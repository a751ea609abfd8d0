#pragma once

#include <sys/types.h>

struct group {
    char *gr_name;
    char *gr_passwd;
    gid_t gr_gid;
    char **gr_mem;
};

struct group *getgrnam(const char *name);
struct group *getgrgid(gid_t gid);
// In the caller's memory; 0 or an errno. *result is NULL if there is no such group.
int getgrnam_r(const char *name, struct group *group, char *text, size_t size, struct group **result);
int getgrgid_r(gid_t gid, struct group *group, char *text, size_t size, struct group **result);
struct group *getgrent(void);
void setgrent(void);
void endgrent(void);
