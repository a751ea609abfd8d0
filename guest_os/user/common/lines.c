#include "lines.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int report(const char *program, const char *name) {
    fflush(stdout);
    fprintf(stderr, "%s: %s: %s\n", program, name, strerror(errno));
    return 1;
}

int for_each_file(const char *program, char *names[], int count, int (*treat)(FILE *file, const char *name)) {
    if (count == 0) return treat(stdin, "-");
    int status = 0;
    for (int i = 0; i < count; ++i) {
        if (strcmp(names[i], "-") == 0) {
            status |= treat(stdin, "-");
            continue;
        }
        FILE *file = fopen(names[i], "r");
        if (file == NULL) {
            status = report(program, names[i]);
            continue;
        }
        status |= treat(file, names[i]);
        fclose(file);
    }
    return status;
}

char *next_line(FILE *file) {
    static char *line;
    static size_t size;
    const ssize_t length = getline(&line, &size, file);
    if (length < 0) return NULL;
    if (line[length - 1] == '\n') line[length - 1] = '\0';
    return line;
}

void no_options(int argc, char *argv[], const char *usage, int status) {
    if (getopt(argc, argv, "+") == -1) return;
    fprintf(stderr, "usage: %s\n", usage);
    exit(status);
}

long long large_number_or_exit(const char *program, const char *text, int status) {
    char *end;
    errno = 0;
    const long long value = strtoll(text, &end, 10);
    if (end != text && *end == '\0' && errno == 0) return value;
    fprintf(stderr, "%s: %s: %s\n", program, text, errno != 0 ? strerror(errno) : "not a number");
    exit(status);
}

long number_or_exit(const char *program, const char *text, int status) {
    const long long value = large_number_or_exit(program, text, status);
    if (value >= LONG_MIN && value <= LONG_MAX) return (long)value;
    fprintf(stderr, "%s: %s: %s\n", program, text, strerror(ERANGE));
    exit(status);
}
