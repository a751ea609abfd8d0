// tail [-f] [-n [+]count] [-c [+]count] [-count] [file...]: the last lines (10) or bytes; with "+", from that one on; -f
// goes on as the file grows.

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/lines.h"

static long count = 10;
static bool follow, from_start, bytes, titles;

static int skip_beginning(FILE *file) {
    long place = 1;
    for (int c; (c = fgetc(file)) != EOF;) {
        if (place >= count) putchar(c);
        if (bytes || c == '\n') ++place;
    }
    return 0;
}

static _Noreturn void show_what_comes(FILE *file) {
    for (;;) {
        fflush(stdout);
        usleep(100000);
        clearerr(file);
        for (int c; (c = fgetc(file)) != EOF;) putchar(c);
    }
}

// All of it is kept, which is the simplest way and works on pipes.
static int show_end(FILE *file) {
    size_t length = 0, room = 4096;
    char *text = malloc(room);
    for (int c; text != NULL && (c = fgetc(file)) != EOF;) {
        if (length == room) text = realloc(text, room *= 2);
        if (text != NULL) text[length++] = (char)c;
    }
    if (text == NULL) return report("tail", "memory");
    size_t start = length;
    if (bytes) {
        start = length > (size_t)count ? length - (size_t)count : 0;
    } else {
        for (long lines = 0; start > 0; --start) {
            if (text[start - 1] == '\n' && start != length && ++lines == count) break;
            if (count == 0) break;
        }
    }
    fwrite(text + start, 1, length - start, stdout);
    free(text);
    return 0;
}

static int treat(FILE *file, const char *name) {
    static bool later;
    if (titles) printf("%s==> %s <==\n", later ? "\n" : "", strcmp(name, "-") == 0 ? "standard input" : name);
    later = true;
    const int result = from_start ? skip_beginning(file) : show_end(file);
    if (follow && result == 0) show_what_comes(file);
    return result;
}

static void set_count(const char *text) {
    from_start = text[0] == '+';
    count = labs(number_or_exit("tail", text, 1));
}

int main(int argc, char *argv[]) {
    if (argc > 1 && argv[1][0] == '-' && argv[1][1] >= '0' && argv[1][1] <= '9') {
        set_count(argv[1] + 1);
        optind = 2;
    }
    for (int option; (option = getopt(argc, argv, "fn:c:")) != -1;) {
        if (option == '?') {
            fprintf(stderr, "usage: tail [-f] [-n [+]count] [-c [+]count] [file...]\n");
            return 1;
        }
        if (option == 'f') {
            follow = true;
            continue;
        }
        bytes = option == 'c';
        set_count(optarg);
    }
    titles = argc - optind > 1;
    return for_each_file("tail", argv + optind, argc - optind, treat);
}
