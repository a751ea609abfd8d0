// top [-b] [-n rounds] [-d seconds]: the processes, those that used the CPU most in the last second first, again and
// again. q ends it. -b: for pipes, without a terminal.

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/process_status.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <peach/abi.h>
#include <peach/limits.h>

#include "common/lines.h"

struct row {
    struct process_status now;
    unsigned long long spent;         // cycles, since the last look
    unsigned long long spent_inside;  // those in the kernel
};

static struct row rows[PROCESS_COUNT];
static int count;
static struct {
    int pid;
    unsigned long long run_cycles, user_cycles;
} before[PROCESS_COUNT];
static int before_count;

static void compare(struct row *row) {
    row->spent = row->now.run_cycles;
    row->spent_inside = row->now.run_cycles - row->now.user_cycles;
    for (int i = 0; i < before_count; ++i) {
        if (before[i].pid != row->now.pid) continue;
        row->spent -= before[i].run_cycles;
        row->spent_inside -= before[i].run_cycles - before[i].user_cycles;
    }
}

static int by_use(const void *a, const void *b) {
    const unsigned long long x = ((const struct row *)a)->spent, y = ((const struct row *)b)->spent;
    return (x < y) - (x > y);
}

static void look(void) {
    count = 0;
    for (int slot = 0, used; count < PROCESS_COUNT && (used = process_status(slot, &rows[count].now)) >= 0; ++slot) {
        if (!used) continue;
        compare(&rows[count]);
        ++count;
    }
    for (int i = 0; i < count; ++i) {
        before[i].pid = rows[i].now.pid;
        before[i].run_cycles = rows[i].now.run_cycles;
        before[i].user_cycles = rows[i].now.user_cycles;
    }
    before_count = count;
    qsort(rows, (size_t)count, sizeof rows[0], by_use);
}

// How much the CPUs have had to do since the last look, by their own count: a line of /proc/stat for each.
static unsigned utilisation(void) {
    static unsigned long long last_busy, last_idle;
    unsigned long long busy = 0, idle = 0, one_busy, one_idle;
    FILE *file = fopen("/proc/stat", "r");
    if (file == NULL) return 0;
    while (fscanf(file, "cpu%*d busy %llu idle %llu\n", &one_busy, &one_idle) == 2) {
        busy += one_busy;
        idle += one_idle;
    }
    fclose(file);
    const unsigned long long worked = busy - last_busy, passed = worked + idle - last_idle;
    last_busy = busy;
    last_idle = idle;
    return passed > 0 ? (unsigned)(worked * 100 / passed) : 0;
}

static unsigned tenths_of_percent(unsigned long long part, unsigned long long whole) {
    return whole > 0 ? (unsigned)(part * 1000 / whole) : 0;
}

static void show(unsigned long long passed, int most) {
    printf("%d processes, CPU utilisation %u%%\n", count, utilisation());
    printf("  PID  PPID   CPU%%  KERN%%  SWITCHES  FAULTS   MEM-K  NAME\n");
    for (int i = 0; i < count && i < most; ++i) {
        const struct process_status *p = &rows[i].now;
        const unsigned all = tenths_of_percent(rows[i].spent, passed), inside = tenths_of_percent(rows[i].spent_inside, passed);
        printf("%5d %5d %4u.%u %4u.%u %9u %7u %7u  %s\n", p->pid, p->parent_pid, all / 10, all % 10, inside / 10, inside % 10,
               p->switches, p->faults, p->memory_bytes / 1024, p->name);
    }
    fflush(stdout);
}

int main(int argc, char *argv[]) {
    bool batch = !isatty(STDOUT_FILENO);
    long rounds = -1, seconds = 1;
    for (int option; (option = getopt(argc, argv, "bn:d:")) != -1;) {
        switch (option) {
            case 'b': batch = true; break;
            case 'n': rounds = number_or_exit("top", optarg, 1); break;
            case 'd': seconds = number_or_exit("top", optarg, 1); break;
            default: fprintf(stderr, "usage: top [-b] [-n rounds] [-d seconds]\n"); return 1;
        }
    }
    struct termios usual, quick;
    const bool keys = !batch && tcgetattr(STDIN_FILENO, &usual) == 0;
    if (keys) {
        quick = usual;
        quick.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        quick.c_cc[VMIN] = 0;
        quick.c_cc[VTIME] = (cc_t)(seconds * 10);
        tcsetattr(STDIN_FILENO, TCSANOW, &quick);
    }
    unsigned long long last = 0, now;
    while (rounds != 0) {
        clock_cycles(&now);
        look();
        if (!batch) fputs("\033[H\033[2J", stdout);
        show(now - last, batch ? PROCESS_COUNT : 20);
        last = now;
        if (rounds > 0 && --rounds == 0) break;
        char key = '\0';
        if (!keys) sleep((unsigned)seconds);
        else if (read(STDIN_FILENO, &key, 1) == 1 && key == 'q') break;
    }
    if (keys) tcsetattr(STDIN_FILENO, TCSANOW, &usual);
    return 0;
}
