// pstree: who is whose child, from the process table.

#include <stdio.h>
#include <sys/process_status.h>

#include <peach/limits.h>

static struct process_status processes[PROCESS_COUNT];
static int count;

static void show(const struct process_status *parent, int depth) {
    printf("%*s%s(%d)\n", depth * 4, "", parent->name, parent->pid);
    for (int i = 0; i < count; ++i) {
        if (processes[i].parent_pid == parent->pid) show(&processes[i], depth + 1);
    }
}

int main(void) {
    for (int slot = 0, used; count < PROCESS_COUNT && (used = process_status(slot, &processes[count])) >= 0; ++slot) {
        if (used) ++count;
    }
    for (int i = 0; i < count; ++i) {
        if (processes[i].parent_pid == 0) show(&processes[i], 0);
    }
    return 0;
}
