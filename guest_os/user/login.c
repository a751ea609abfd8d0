// login [USER]: asks who is there, and starts that user's shell in the user's home. init runs it instead of a shell if
// /etc/inittab says so.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/users.h"

enum { MOST_TRIES = 3 };

static const struct passwd *ask(const char *name) {
    static char typed[64];
    if (name == NULL) {
        printf("login: ");
        fflush(stdout);
        if (fgets(typed, sizeof typed, stdin) == NULL) exit(1);
        typed[strcspn(typed, "\n")] = '\0';
        name = typed;
    }
    const struct passwd *user = getpwnam(name);
    const char *password = getpass("Password: ");  // asked for even if there is no such user: that is nobody's business
    if (user && password_is_right(user, password)) return user;
    fprintf(stderr, "login: name or password is wrong\n");
    return NULL;
}

static void show_message_of_the_day(void) {
    FILE *file = fopen("/etc/motd", "r");
    for (int c; file != NULL && (c = getc(file)) != EOF;) putchar(c);
    if (file != NULL) fclose(file);
    fflush(stdout);
}

int main(int argc, char *argv[]) {
    const char *name = argc > 1 ? argv[1] : NULL;
    if (geteuid() != 0) {
        fprintf(stderr, "login: only root can let somebody in: use su\n");
        return 1;
    }
    setvbuf(stdin, NULL, _IONBF, 0);  // the password is not read through it
    for (int i = 0; i < MOST_TRIES; ++i, name = NULL) {
        const struct passwd *user = ask(name);
        if (user == NULL) continue;
        if (become_user(user) < 0) {
            perror("login");
            return 1;
        }
        if (chdir(user->pw_dir) < 0) perror(user->pw_dir);
        show_message_of_the_day();
        execl(user->pw_shell, user->pw_shell, (char *)NULL);
        perror("login: cannot start the shell");
        return 1;
    }
    return 1;
}
