// id [-Ggu [-nr]] [user]: who one is, by number and by name; only the user (-u) or the group (-g), by number or by name (-n),
// as it counts or really (-r).

#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
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

static int print_one(char what, bool by_name, uid_t uid, gid_t gid) {
    const struct passwd *user = what == 'u' && by_name ? getpwuid(uid) : NULL;
    const struct group *group = what == 'g' && by_name ? getgrgid(gid) : NULL;
    if (user || group) puts(user ? user->pw_name : group->gr_name);
    else printf("%u\n", what == 'u' ? uid : gid);
    return 0;
}

int main(int argc, char *argv[]) {
    char what = '\0';
    bool by_name = false, real = false;
    for (int option; (option = getopt(argc, argv, "Ggnru")) != -1;) {
        switch (option) {
            case 'n': by_name = true; break;
            case 'r': real = true; break;
            case 'u': what = 'u'; break;
            case 'g':
            case 'G': what = 'g'; break;  // nobody is in more than one
            default: fprintf(stderr, "usage: id [-Ggu [-nr]] [user]\n"); return 1;
        }
    }
    const bool other = optind < argc;
    const struct passwd *user = other ? getpwnam(argv[optind]) : NULL;
    if (other && !user) {
        fprintf(stderr, "id: %s: no such user\n", argv[optind]);
        return 1;
    }
    const uid_t uid = user ? user->pw_uid : getuid();
    const gid_t gid = user ? user->pw_gid : getgid();
    if (what) return print_one(what, by_name, other || real ? uid : geteuid(), other || real ? gid : getegid());
    print_user("uid", uid);
    print_group("gid", gid);
    if (!other && geteuid() != uid) print_user(" euid", geteuid());
    if (!other && getegid() != gid) print_group("egid", getegid());
    printf("\n");
    return 0;
}
