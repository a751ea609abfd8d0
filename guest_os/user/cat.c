// cat [-nu] [file...]: copies files, or its input, to its output. "-" is the input; -n numbers the lines.

#include <stdbool.h>
#include <unistd.h>

#include "common/lines.h"

static bool numbered;

static int copy(FILE *file, const char *name) {
    char buffer[4096];
    ssize_t count;
    while ((count = read(fileno(file), buffer, sizeof buffer)) > 0) {
        if (write(STDOUT_FILENO, buffer, (size_t)count) != count) return report("cat", "write error");
    }
    return count < 0 ? report("cat", name) : 0;
}

static int number(FILE *file, const char *name) {
    static int line, last = '\n';
    for (int c; (c = getc(file)) != EOF; last = c) {
        if (last == '\n') printf("%6d\t", ++line);
        putchar(c);
    }
    return ferror(file) ? report("cat", name) : 0;
}

int main(int argc, char *argv[]) {
    for (int option; (option = getopt(argc, argv, "nu")) != -1;) {
        if (option == '?') {
            fprintf(stderr, "usage: cat [-nu] [file...]\n");
            return 1;
        }
        if (option == 'n') numbered = true;  // and nothing is ever kept back, as -u wants it
    }
    return for_each_file("cat", argv + optind, argc - optind, numbered ? number : copy);
}
