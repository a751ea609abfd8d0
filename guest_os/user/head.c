// head [-n lines] [file...]: the first ten lines, or so many, of files or of the input.

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void copy_lines(FILE *file, int lines) {
    for (int c; lines > 0 && (c = getc(file)) != EOF;) {
        putchar(c);
        if (c == '\n') --lines;
    }
}

int main(int argc, char *argv[]) {
    int lines = 10;
    for (int option; (option = getopt(argc, argv, "n:")) != -1;) {
        if (option != 'n') return 1;
        lines = atoi(optarg);
    }
    if (optind == argc) {
        copy_lines(stdin, lines);
        return 0;
    }
    const bool with_titles = argc - optind > 1;
    int status = 0;
    for (int i = optind; i < argc; ++i) {
        FILE *file = fopen(argv[i], "r");
        if (file == NULL) {
            fprintf(stderr, "head: cannot open '%s' for reading: ", argv[i]);
            perror(NULL);
            status = 1;
            continue;
        }
        if (with_titles) printf("%s==> %s <==\n", i > optind ? "\n" : "", argv[i]);
        copy_lines(file, lines);
        fclose(file);
    }
    return status;
}
