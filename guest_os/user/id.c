// id [user]: who one is, by number and by name.

#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

static void print_user(const char *what, uid_t uid) {
    const struct passwd *user = getpwuid(uid);
    printf("%s=%u", what, uid);
    if (user) printf("(%s)", user->pw_name);
}

static void print_group(const char *what, gid_t gid) {
    const struct group *group = getgrgid(gid);
    printf(" %s=%u", what, gid);
    if (group) printf("(%s)", group->gr_name);
}

int main(int argc, char *argv[]) {
    uid_t uid = getuid();
    gid_t gid = getgid();
    if (argc > 1) {
        const struct passwd *user = getpwnam(argv[1]);
        if (!user) {
            fprintf(stderr, "id: %s: no such user\n", argv[1]);
            return 1;
        }
        uid = user->pw_uid;
        gid = user->pw_gid;
    }
    print_user("uid", uid);
    print_group("gid", gid);
    if (argc == 1 && geteuid() != uid) print_user(" euid", geteuid());
    if (argc == 1 && getegid() != gid) print_group("egid", getegid());
    printf("\n");
    return 0;
}
