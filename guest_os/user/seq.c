// seq [-s separator] [-w] [first [step]] last: the numbers from first (1) to last.

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/lines.h"

static bool is_option(const char *word) { return word[0] == '-' && (word[1] == 's' || word[1] == 'w' || word[1] == '-'); }

int main(int argc, char *argv[]) {
    const char *separator = "\n";
    bool padded = false, wrong = false;
    while (optind < argc && is_option(argv[optind])) {  // anything else with a "-" is a number
        const int option = getopt(argc, argv, "+s:w");
        if (option == -1) break;
        if (option == 's') separator = optarg;
        padded = padded || option == 'w';
        wrong = wrong || option == '?';
    }
    const int count = argc - optind;
    if (wrong || count < 1 || count > 3) {
        fprintf(stderr, "usage: seq [-s separator] [-w] [first [step]] last\n");
        return 1;
    }
    const long long first = count > 1 ? large_number_or_exit("seq", argv[optind], 1) : 1;
    const long long step = count > 2 ? large_number_or_exit("seq", argv[optind + 1], 1) : 1;
    const long long last = large_number_or_exit("seq", argv[argc - 1], 1);
    if (step == 0) {
        fprintf(stderr, "seq: the step must not be 0\n");
        return 1;
    }
    char widest[24];
    const int a = sprintf(widest, "%lld", first), b = sprintf(widest, "%lld", last), width = padded ? (a > b ? a : b) : 0;
    if (step > 0 ? first > last : first < last) return 0;
    for (long long value = first;;) {
        printf("%0*lld", width, value);
        if (__builtin_add_overflow(value, step, &value) || (step > 0 ? value > last : value < last)) break;
        fputs(separator, stdout);
    }
    putchar('\n');
    return 0;
}
