// sort [-fnru] [-k field] [-t separator] [-o file] [file...]: sorts lines by their bytes; -n by the number they begin
// with, -f without regard to case, -r backwards, -u each only once; -k begins at a field.

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "common/lines.h"

static bool fold, numeric, reverse, unique;
static int field = 1;
static char separator;
static char **lines;
static int line_count, room;

static int read_lines(FILE *file, const char *name) {
    (void)name;
    for (char *line; (line = next_line(file)) != NULL;) {
        if (line_count == room) lines = realloc(lines, (size_t)(room = room * 2 + 64) * sizeof *lines);
        if (lines == NULL || (lines[line_count] = strdup(line)) == NULL) return report("sort", "memory");
        ++line_count;
    }
    return 0;
}

static const char *key_of(const char *line) {
    for (int i = 1; i < field; ++i) {
        if (separator != '\0') {
            const char *next = strchr(line, separator);
            if (next == NULL) return "";
            line = next + 1;
        } else {
            while (isblank((unsigned char)*line)) ++line;
            while (*line && !isblank((unsigned char)*line)) ++line;
        }
    }
    return line;
}

static int compare_keys(const char *a, const char *b) {
    if (numeric) {
        const double x = strtod(a, NULL), y = strtod(b, NULL);
        return (x > y) - (x < y);
    }
    return fold ? strcasecmp(a, b) : strcmp(a, b);
}

// Lines whose keys are equal are compared as a whole, unless only one of them is wanted.
static int compare(const void *left, const void *right) {
    const char *a = *(char *const *)left, *b = *(char *const *)right;
    int order = compare_keys(key_of(a), key_of(b));
    if (order == 0 && !unique) order = strcmp(a, b);
    return reverse ? -order : order;
}

int main(int argc, char *argv[]) {
    const char *output = NULL;
    for (int option; (option = getopt(argc, argv, "fnruk:t:o:")) != -1;) {
        switch (option) {
            case 'f': fold = true; break;
            case 'n': numeric = true; break;
            case 'r': reverse = true; break;
            case 'u': unique = true; break;
            case 'k': field = atoi(optarg); break;
            case 't': separator = *optarg; break;
            case 'o': output = optarg; break;
            default: fprintf(stderr, "usage: sort [-fnru] [-k field] [-t separator] [-o file] [file...]\n"); return 2;
        }
    }
    if (for_each_file("sort", argv + optind, argc - optind, read_lines) != 0) return 2;
    qsort(lines, (size_t)line_count, sizeof *lines, compare);
    if (output != NULL && freopen(output, "w", stdout) == NULL) return report("sort", output) + 1;
    for (int i = 0; i < line_count; ++i) {
        if (unique && i > 0 && compare(&lines[i - 1], &lines[i]) == 0) continue;
        puts(lines[i]);
    }
    return fflush(stdout) == 0 ? 0 : 2;
}
