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
    unsigned long long spent;  // cycles, since the last look
};

static struct row rows[PROCESS_COUNT];
static int count;
static struct {
    int pid;
    unsigned long long run_cycles;
} before[PROCESS_COUNT];
static int before_count;

static unsigned long long cycles_before(int pid) {
    for (int i = 0; i < before_count; ++i) {
        if (before[i].pid == pid) return before[i].run_cycles;
    }
    return 0;
}

static int by_use(const void *a, const void *b) {
    const unsigned long long x = ((const struct row *)a)->spent, y = ((const struct row *)b)->spent;
    return (x < y) - (x > y);
}

static void look(void) {
    count = 0;
    for (int slot = 0, used; count < PROCESS_COUNT && (used = process_status(slot, &rows[count].now)) >= 0; ++slot) {
        if (!used) continue;
        rows[count].spent = rows[count].now.run_cycles - cycles_before(rows[count].now.pid);
        ++count;
    }
    for (int i = 0; i < count; ++i) {
        before[i].pid = rows[i].now.pid;
        before[i].run_cycles = rows[i].now.run_cycles;
    }
    before_count = count;
    qsort(rows, (size_t)count, sizeof rows[0], by_use);
}

static void show(unsigned long long passed, int most) {
    unsigned long long busy = 0;
    for (int i = 0; i < count; ++i) busy += rows[i].spent;
    const unsigned percent = passed > 0 ? (unsigned)(busy * 100 / passed) : 0;
    printf("%d processes, %u%% of one CPU in use\n", count, percent);
    printf("  PID  PPID   CPU%%  SWITCHES  FAULTS   MEM-K  NAME\n");
    for (int i = 0; i < count && i < most; ++i) {
        const struct process_status *p = &rows[i].now;
        const unsigned tenths = passed > 0 ? (unsigned)(rows[i].spent * 1000 / passed) : 0;
        printf("%5d %5d %4u.%u %9u %7u %7u  %s\n", p->pid, p->parent_pid, tenths / 10, tenths % 10, p->switches, p->faults,
               p->memory_bytes / 1024, p->name);
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
