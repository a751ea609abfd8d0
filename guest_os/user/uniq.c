// uniq [-cdui] [-f fields] [-s characters] [file [output]]: each of several equal lines in a row only once; -c with their
// number, -d only those that come more than once, -u only those that come once. Lines are compared without so many fields, then
// so many characters; -i without regard to case.

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "common/lines.h"

static bool counted, repeated_only, single_only, fold;
static long fields, characters;

static void show(const char *line, int count) {
    if (line == NULL || (repeated_only && count < 2) || (single_only && count > 1)) return;
    if (counted) printf("%7d ", count);
    puts(line);
}

// What of the line is compared. The blanks in front of a field belong to it.
static const char *compared(const char *line) {
    for (long i = 0; i < fields; ++i) {
        while (isblank((unsigned char)*line)) ++line;
        while (*line && !isblank((unsigned char)*line)) ++line;
    }
    for (long i = 0; i < characters && *line; ++i) ++line;
    return line;
}

static bool are_equal(const char *left, const char *right) {
    return (fold ? strcasecmp : strcmp)(compared(left), compared(right)) == 0;
}

static int treat(FILE *file, const char *name) {
    (void)name;
    char *last = NULL;
    int count = 0;
    for (char *line; (line = next_line(file)) != NULL;) {
        if (last != NULL && are_equal(line, last)) {
            ++count;
            continue;
        }
        show(last, count);
        free(last);
        last = strdup(line);
        count = 1;
    }
    show(last, count);
    free(last);
    return 0;
}

static int usage(void) {
    fprintf(stderr, "usage: uniq [-cdui] [-f fields] [-s characters] [file [output]]\n");
    return 1;
}

int main(int argc, char *argv[]) {
    for (int option; (option = getopt(argc, argv, "cduif:s:")) != -1;) {
        switch (option) {
            case 'c': counted = true; break;
            case 'd': repeated_only = true; break;
            case 'u': single_only = true; break;
            case 'i': fold = true; break;
            case 'f': fields = number_or_exit("uniq", optarg, 1); break;
            case 's': characters = number_or_exit("uniq", optarg, 1); break;
            default: return usage();
        }
    }
    const int count = argc - optind;
    if (count > 2) return usage();
    if (count == 2 && strcmp(argv[optind + 1], "-") != 0 && freopen(argv[optind + 1], "w", stdout) == NULL) {
        return report("uniq", argv[optind + 1]);
    }
    return for_each_file("uniq", argv + optind, count > 0, treat);
}
