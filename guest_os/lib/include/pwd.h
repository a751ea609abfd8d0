#pragma once

#include <sys/types.h>

struct passwd {
    char *pw_name;
    char *pw_passwd;  // as crypt() made it
    uid_t pw_uid;
    gid_t pw_gid;
    char *pw_gecos;
    char *pw_dir;
    char *pw_shell;
};

struct passwd *getpwnam(const char *name);
struct passwd *getpwuid(uid_t uid);
// In the caller's memory; 0 or an errno. *result is NULL if there is no such user.
int getpwnam_r(const char *name, struct passwd *user, char *text, size_t size, struct passwd **result);
int getpwuid_r(uid_t uid, struct passwd *user, char *text, size_t size, struct passwd **result);
struct passwd *getpwent(void);
void setpwent(void);
void endpwent(void);
