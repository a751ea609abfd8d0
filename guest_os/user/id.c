// id [user]: who one is, by number and by name.

#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

static void print_user(const char *what, uid_t uid) {
    const struct passwd *user = getpwuid(uid);
    printf("%s=%u", what, uid);
    if (user) printf("(%s)", user->pw_name);
}

int main(int argc, char *argv[]) {
    if (argc > 1) {
        const struct passwd *user = getpwnam(argv[1]);
        if (!user) {
            fprintf(stderr, "id: %s: no such user\n", argv[1]);
            return 1;
        }
        printf("uid=%u(%s) gid=%u\n", user->pw_uid, user->pw_name, user->pw_gid);
        return 0;
    }
    print_user("uid", getuid());
    printf(" gid=%u", getgid());
    if (geteuid() != getuid()) print_user(" euid", geteuid());
    printf("\n");
    return 0;
}
