#pragma once

#include <pwd.h>

int password_is_right(const struct passwd *user, const char *typed);
int become_user(const struct passwd *user);  // -1, with errno, if one may not
