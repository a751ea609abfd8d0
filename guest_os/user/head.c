// head [-n lines] [-c bytes] [-lines] [file...]: the first ten lines, or so many, of files or of the input.

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "common/lines.h"

static long count = 10;
static bool bytes, titles;

static int treat(FILE *file, const char *name) {
    static bool later;
    if (titles) printf("%s==> %s <==\n", later ? "\n" : "", strcmp(name, "-") == 0 ? "standard input" : name);
    later = true;
    long left = count;
    for (int c; left > 0 && (c = getc(file)) != EOF;) {
        putchar(c);
        if (bytes || c == '\n') --left;
    }
    fflush(file);  // what was read ahead is for whoever reads the input next
    return 0;
}

int main(int argc, char *argv[]) {
    if (argc > 1 && argv[1][0] == '-' && argv[1][1] >= '0' && argv[1][1] <= '9') {
        count = number_or_exit("head", argv[1] + 1, 1);
        optind = 2;
    }
    for (int option; (option = getopt(argc, argv, "n:c:")) != -1;) {
        if (option == '?') {
            fprintf(stderr, "usage: head [-n lines] [-c bytes] [file...]\n");
            return 1;
        }
        bytes = option == 'c';
        count = number_or_exit("head", optarg, 1);
    }
    titles = argc - optind > 1;
    return for_each_file("head", argv + optind, argc - optind, treat);
}
