// seq [-s separator] [-w] [first [step]] last: the numbers from first (1) to last.

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/lines.h"

int main(int argc, char *argv[]) {
    const char *separator = "\n";
    bool padded = false;
    int i = 1;
    for (; i < argc && argv[i][0] == '-' && (argv[i][1] == 's' || argv[i][1] == 'w'); ++i) {
        if (argv[i][1] == 'w') padded = true;
        else if (argv[i][2] != '\0') separator = argv[i] + 2;
        else if (i + 1 < argc) separator = argv[++i];
    }
    const int count = argc - i;
    if (count < 1 || count > 3) {
        fprintf(stderr, "usage: seq [-s separator] [-w] [first [step]] last\n");
        return 1;
    }
    const long first = count > 1 ? number_or_exit("seq", argv[i], 1) : 1;
    const long step = count > 2 ? number_or_exit("seq", argv[i + 1], 1) : 1;
    const long last = number_or_exit("seq", argv[argc - 1], 1);
    if (step == 0) {
        fprintf(stderr, "seq: the step must not be 0\n");
        return 1;
    }
    char widest[16];
    const int a = sprintf(widest, "%ld", first), b = sprintf(widest, "%ld", last), width = padded ? (a > b ? a : b) : 0;
    for (long value = first; step > 0 ? value <= last : value >= last; value += step) {
        if (value != first) fputs(separator, stdout);
        printf("%0*ld", width, value);
    }
    if (step > 0 ? first <= last : first >= last) putchar('\n');
    return 0;
}
