// who: who is logged in: the sessions, with the user and the process that began each.

#include <pwd.h>
#include <stdio.h>
#include <sys/process_status.h>

int main(void) {
    struct process_status p;
    for (int slot = 0, used; (used = process_status(slot, &p)) >= 0; ++slot) {
        if (!used || p.session != p.pid || p.process != p.pid) continue;
        const struct passwd *user = getpwuid(p.uid);
        printf("%-8s %-8s %s(%d)\n", user != NULL ? user->pw_name : "?", p.has_terminal ? "console" : "-", p.name, p.pid);
    }
    return 0;
}
