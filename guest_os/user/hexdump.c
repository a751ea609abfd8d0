// hexdump [-C] [-n count] [-s skip] [file...]: bytes in hexadecimal, sixteen a line, with the characters beside them.

#include <ctype.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/lines.h"

enum { PER_LINE = 16 };

static long left = -1, offset, skip;
static unsigned char line[PER_LINE];
static int filled;

static void show_line(void) {
    if (filled == 0) return;
    printf("%08lx ", offset);
    for (int i = 0; i < PER_LINE; ++i) {
        if (i % 8 == 0) putchar(' ');
        if (i < filled) printf("%02x ", line[i]);
        else fputs("   ", stdout);
    }
    fputs(" |", stdout);
    for (int i = 0; i < filled; ++i) putchar(isprint(line[i]) ? line[i] : '.');
    puts("|");
    offset += filled;
    filled = 0;
}

static int treat(FILE *file, const char *name) {
    (void)name;
    for (int c; left != 0 && (c = fgetc(file)) != EOF;) {
        if (skip > 0) {
            --skip;
            ++offset;
            continue;
        }
        line[filled++] = (unsigned char)c;
        if (left > 0) --left;
        if (filled == PER_LINE) show_line();
    }
    return 0;
}

int main(int argc, char *argv[]) {
    for (int option; (option = getopt(argc, argv, "Cn:s:")) != -1;) {
        if (option == 'n') left = number_or_exit("hexdump", optarg, 1);
        else if (option == 's') skip = number_or_exit("hexdump", optarg, 1);
        else if (option == '?') {
            fprintf(stderr, "usage: hexdump [-C] [-n count] [-s skip] [file...]\n");
            return 1;
        }
    }
    const int status = for_each_file("hexdump", argv + optind, argc - optind, treat);
    show_line();
    if (offset > 0) printf("%08lx\n", offset);
    return status;
}
