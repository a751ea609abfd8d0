// yes [word...]: prints "y", or the words, line after line until somebody stops it.

#include <stdio.h>

int main(int argc, char *argv[]) {
    for (;;) {
        for (int i = 1; i < argc; ++i) {
            fputs(argv[i], stdout);
            putchar(i + 1 < argc ? ' ' : '\n');
        }
        if (argc == 1) puts("y");
        if (ferror(stdout)) return 1;
    }
}
