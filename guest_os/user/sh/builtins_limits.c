// ulimit and times: what the shell's processes may use, and what they have used.

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "builtins.h"
#include "shell.h"

// ---- ulimit

static const struct limit {
    char letter;
    const char *name;
    int resource;
    rlim_t unit;  // of the numbers that are shown and said
} limits[] = {
    {'t', "time(seconds)", RLIMIT_CPU, 1},     {'f', "file(blocks)", RLIMIT_FSIZE, 512},
    {'d', "data(kbytes)", RLIMIT_DATA, 1024},  {'s', "stack(kbytes)", RLIMIT_STACK, 1024},
    {'c', "coredump(blocks)", RLIMIT_CORE, 512}, {'n', "nofiles", RLIMIT_NOFILE, 1},
    {'v', "vmemory(kbytes)", RLIMIT_AS, 1024}, {'p', "process", RLIMIT_NPROC, 1},
};
enum { LIMIT_COUNT = sizeof limits / sizeof limits[0] };

enum which { SOFT = 1, HARD = 2 };

static const struct limit *limit_of(char letter) {
    if (letter == 'u') letter = 'p';  // as other shells call it
    for (int i = 0; i < LIMIT_COUNT; ++i) {
        if (limits[i].letter == letter) return &limits[i];
    }
    return NULL;
}

static void show_limit(const struct limit *limit, int which) {
    struct rlimit value;
    getrlimit(limit->resource, &value);
    const rlim_t shown = which & SOFT ? value.rlim_cur : value.rlim_max;
    if (shown == RLIM_INFINITY) puts("unlimited");
    else printf("%u\n", (unsigned)(shown / limit->unit));
}

static bool read_limit(const struct limit *limit, const char *text, rlim_t *wanted) {
    char *end;
    *wanted = RLIM_INFINITY;
    if (strcmp(text, "unlimited") == 0) return true;
    const unsigned long long number = strtoull(text, &end, 10);
    if (*end != '\0' || text[0] < '0' || text[0] > '9' || number > (RLIM_INFINITY - 1) / limit->unit) return false;
    *wanted = (rlim_t)number * limit->unit;
    return true;
}

static int set_limit(const struct limit *limit, int which, const char *text) {
    struct rlimit value;
    rlim_t wanted;
    if (!read_limit(limit, text, &wanted)) {
        complain("ulimit: %s: bad number", text);
        return 2;
    }
    getrlimit(limit->resource, &value);
    if (which & HARD) value.rlim_max = wanted;
    if (which & SOFT) value.rlim_cur = wanted;
    if (setrlimit(limit->resource, &value) == 0) return 0;
    complain("ulimit: %s: %s", text, strerror(errno));
    return 2;
}

// ulimit [-HS] [-a | -cdfnpstuv [limit]]
int builtin_ulimit(int argc, char **argv) {
    const struct limit *limit = limit_of('f');
    int which = 0, i = 1;
    bool all = false;
    for (; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; ++i) {
        for (const char *letter = argv[i] + 1; *letter; ++letter) {
            if (*letter == 'H') which |= HARD;
            else if (*letter == 'S') which |= SOFT;
            else if (*letter == 'a') all = true;
            else limit = limit_of(*letter);
            if (limit != NULL) continue;
            complain("ulimit: -%c: illegal option", *letter);
            return 2;
        }
    }
    if (i < argc && !all) return set_limit(limit, which != 0 ? which : SOFT | HARD, argv[i]);
    if (which == 0) which = SOFT;
    if (!all) show_limit(limit, which);
    for (int k = 0; all && k < LIMIT_COUNT; ++k) {
        printf("%-20s ", limits[k].name);
        show_limit(&limits[k], which);
    }
    return 0;
}

// ---- times

static void show_time(struct timeval time, char behind) {
    printf("%ldm%ld.%06lds%c", (long)time.tv_sec / 60, (long)time.tv_sec % 60, (long)time.tv_usec, behind);
}

// User and kernel time of the shell, and of its children.
int builtin_times(int argc, char **argv) {
    (void)argc, (void)argv;
    const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
    for (int i = 0; i < 2; ++i) {
        struct rusage used;
        getrusage(whose[i], &used);
        show_time(used.ru_utime, ' ');
        show_time(used.ru_stime, '\n');
    }
    return 0;
}
