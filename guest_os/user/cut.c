// cut -f list [-d delimiter] [-s] [file...] or cut -c list [file...]: parts of each line. A list is 1,3-5,7-.

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/lines.h"

enum { MOST = 1000 };

static bool wanted[MOST + 1], fields, only_delimited;
static int all_from = MOST + 1;
static char delimiter = '\t';

static bool is_wanted(int place) { return place >= all_from || (place <= MOST && wanted[place]); }

static bool read_list(const char *at) {
    while (*at) {
        char *end;
        long first = 1, last;
        if (*at != '-') {
            first = strtol(at, &end, 10);
            if (end == at || first < 1) return false;
            at = end;
        }
        last = first;
        if (*at == '-') {
            last = strtol(++at, &end, 10);
            if (end == at && first < all_from) all_from = (int)first;
            at = end;
        }
        for (long i = first; i <= last && i <= MOST; ++i) wanted[i] = true;
        if (*at == ',') ++at;
        else if (*at != '\0') return false;
    }
    return true;
}

static void cut_fields(char *line) {
    if (strchr(line, delimiter) == NULL) {
        if (!only_delimited) puts(line);
        return;
    }
    bool later = false;
    for (int place = 1; line != NULL; ++place) {
        char *end = strchr(line, delimiter);
        if (end != NULL) *end = '\0';
        if (is_wanted(place)) {
            if (later) putchar(delimiter);
            fputs(line, stdout);
            later = true;
        }
        line = end != NULL ? end + 1 : NULL;
    }
    putchar('\n');
}

static int treat(FILE *file, const char *name) {
    (void)name;
    for (char *line; (line = next_line(file)) != NULL;) {
        if (fields) {
            cut_fields(line);
            continue;
        }
        for (int place = 1; line[place - 1] != '\0'; ++place) {
            if (is_wanted(place)) putchar(line[place - 1]);
        }
        putchar('\n');
    }
    return 0;
}

int main(int argc, char *argv[]) {
    bool good = false;
    for (int option; (option = getopt(argc, argv, "f:c:b:d:s")) != -1;) {
        switch (option) {
            case 'f': fields = true; good = read_list(optarg); break;
            case 'c':
            case 'b': good = read_list(optarg); break;
            case 'd': delimiter = *optarg; break;
            case 's': only_delimited = true; break;
            default: good = false;
        }
    }
    if (!good) {
        fprintf(stderr, "usage: cut -f list [-d delimiter] [-s] [file...] or cut -c list [file...]\n");
        return 1;
    }
    return for_each_file("cut", argv + optind, argc - optind, treat);
}
