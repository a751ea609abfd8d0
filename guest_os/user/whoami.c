// whoami: the name of the user whose rights one has.

#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    const struct passwd *user = getpwuid(geteuid());
    if (!user) {
        fprintf(stderr, "whoami: user %u has no name\n", geteuid());
        return 1;
    }
    puts(user->pw_name);
    return 0;
}
