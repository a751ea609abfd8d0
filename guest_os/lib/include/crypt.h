#pragma once

// Hashes a password with the salt in `setting`: "$5$rounds=1000$SALT$...". The result begins with the setting, so that
// strcmp(crypt(typed, stored), stored) == 0 says that the password is right. Null if the setting is of another kind.
char *crypt(const char *password, const char *setting);
