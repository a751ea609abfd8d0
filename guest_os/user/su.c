// su [-c COMMAND] [USER]: a shell, or one command, as another user (root, if none is named). Root need not say a password.
// The file belongs to root and has the setuid bit: that is why this program may do it.

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/users.h"

int main(int argc, char *argv[]) {
    const char *command = NULL;
    int option;
    while ((option = getopt(argc, argv, "+c:")) != -1) {
        if (option != 'c') {
            fprintf(stderr, "usage: su [-c COMMAND] [USER]\n");
            return 2;
        }
        command = optarg;
    }
    const char *name = optind < argc ? argv[optind] : "root";
    const struct passwd *user = getpwnam(name);
    if (user == NULL) {
        fprintf(stderr, "su: %s: no such user\n", name);
        return 1;
    }
    if (getuid() != 0 && !password_is_right(user, getpass("Password: "))) {
        fprintf(stderr, "su: that is not the password\n");
        return 1;
    }
    if (become_user(user) < 0) {
        perror("su: cannot become another user");
        return 1;
    }
    if (command) execl(user->pw_shell, user->pw_shell, "-c", command, (char *)NULL);
    else execl(user->pw_shell, user->pw_shell, (char *)NULL);
    perror("su: cannot start the shell");
    return 1;
}
