// who: the sessions, by the process that began each.

#include <stdio.h>
#include <sys/process_status.h>
#include <unistd.h>

int main(void) {
    struct process_status p;
    for (int slot = 0, used; (used = process_status(slot, &p)) >= 0; ++slot) {
        if (used && p.pid > 1 && getsid(p.pid) == p.pid) printf("console  %s(%d)\n", p.name, p.pid);
    }
    return 0;
}
