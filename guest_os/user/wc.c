// wc [-lwcm] [file...]: counts lines, words and bytes, which are characters, too (-m).

#include <ctype.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct counts {
    int lines, words, bytes;
};

static bool show_lines, show_words, show_bytes;
static int width = 1;

static struct counts count(int file) {
    struct counts c = {0, 0, 0};
    bool in_word = false;
    char buffer[4096];
    ssize_t length;
    while ((length = read(file, buffer, sizeof buffer)) > 0) {
        c.bytes += length;
        for (ssize_t i = 0; i < length; ++i) {
            const bool blank = isspace((unsigned char)buffer[i]);
            if (buffer[i] == '\n') ++c.lines;
            if (!blank && !in_word) ++c.words;
            in_word = !blank;
        }
    }
    if (length < 0) perror("wc");
    return c;
}

static void print(const struct counts *c, const char *name) {
    const int numbers[] = {c->lines, c->words, c->bytes};
    const bool shown[] = {show_lines, show_words, show_bytes};
    const char *separator = "";
    for (int i = 0; i < 3; ++i) {
        if (!shown[i]) continue;
        printf("%s%*d", separator, width, numbers[i]);
        separator = " ";
    }
    printf(name != NULL ? " %s\n" : "\n", name);
}

static int digits(int number) {
    int result = 1;
    while (number >= 10) number /= 10, ++result;
    return result;
}

int main(int argc, char *argv[]) {
    for (int option; (option = getopt(argc, argv, "lwcm")) != -1;) {
        if (option == 'l') show_lines = true;
        else if (option == 'w') show_words = true;
        else if (option == 'c' || option == 'm') show_bytes = true;
        else return 1;
    }
    if (!show_lines && !show_words && !show_bytes) show_lines = show_words = show_bytes = true;
    const int columns = show_lines + show_words + show_bytes;
    const int file_count = argc - optind;
    if (file_count == 0) {
        const struct counts c = count(STDIN_FILENO);
        if (columns > 1) width = 7;  // as GNU does when it cannot know the size beforehand
        print(&c, NULL);
        return 0;
    }

    struct counts total = {0, 0, 0};
    struct counts *all = calloc((size_t)file_count, sizeof *all);
    bool *opened = calloc((size_t)file_count, sizeof *opened);
    int status = 0;
    for (int i = 0; i < file_count; ++i) {
        const int file = open(argv[optind + i], O_RDONLY);
        if (file < 0) {
            fprintf(stderr, "wc: ");
            perror(argv[optind + i]);
            status = 1;
            continue;
        }
        opened[i] = true;
        all[i] = count(file);
        close(file);
        total.lines += all[i].lines;
        total.words += all[i].words;
        total.bytes += all[i].bytes;
    }
    if (columns > 1 || file_count > 1) width = digits(total.bytes);
    for (int i = 0; i < file_count; ++i) {
        if (opened[i]) print(&all[i], argv[optind + i]);
    }
    if (file_count > 1) print(&total, "total");
    return status;
}
