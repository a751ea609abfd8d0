// tr [-cds] set1 [set2]: replaces, deletes (-d) or squeezes (-s) characters. A set is a list of characters with
// ranges (a-z), classes ([:upper:]) and escapes (\n, \012); -c means all characters that are not in set1.

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct set {
    unsigned char items[512];
    int count;
};

static const struct {
    const char *name;
    int (*belongs)(int c);
} classes[] = {{"alnum", isalnum}, {"alpha", isalpha}, {"blank", isblank}, {"cntrl", iscntrl}, {"digit", isdigit},
               {"graph", isgraph}, {"lower", islower}, {"print", isprint}, {"punct", ispunct}, {"space", isspace},
               {"upper", isupper}, {"xdigit", isxdigit}};

static void add(struct set *set, int c) {
    if (set->count < (int)sizeof set->items) set->items[set->count++] = (unsigned char)c;
}

static int read_char(const char **at) {
    static const char letters[] = "abfnrtv\\", values[] = "\a\b\f\n\r\t\v\\";
    const unsigned char c = (unsigned char)*(*at)++;
    if (c != '\\' || **at == '\0') return c;
    if (**at >= '0' && **at <= '7') {
        int value = 0;
        for (int digits = 0; digits < 3 && **at >= '0' && **at <= '7'; ++digits) value = value * 8 + *(*at)++ - '0';
        return value & 0xFF;
    }
    const char escaped = *(*at)++;
    const char *known = strchr(letters, escaped);
    return known != NULL ? (unsigned char)values[known - letters] : (unsigned char)escaped;
}

static bool read_class(const char **at, struct set *set) {
    const char *end = strstr(*at, ":]");
    if (end == NULL) return false;
    const size_t length = (size_t)(end - *at - 2);
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; ++i) {
        if (strlen(classes[i].name) != length || strncmp(classes[i].name, *at + 2, length) != 0) continue;
        for (int c = 0; c < 256; ++c) {
            if (classes[i].belongs(c)) add(set, c);
        }
        *at = end + 2;
        return true;
    }
    return false;
}

static struct set read_set(const char *text) {
    struct set set = {.count = 0};
    while (*text) {
        if (text[0] == '[' && text[1] == ':' && read_class(&text, &set)) continue;
        const int first = read_char(&text);
        if (text[0] != '-' || text[1] == '\0') {
            add(&set, first);
            continue;
        }
        ++text;
        const int last = read_char(&text);
        for (int c = first; c <= last; ++c) add(&set, c);
    }
    return set;
}

static struct set all_but(const struct set *set) {
    struct set rest = {.count = 0};
    for (int c = 0; c < 256; ++c) {
        if (memchr(set->items, c, (size_t)set->count) == NULL) add(&rest, c);
    }
    return rest;
}

int main(int argc, char *argv[]) {
    bool complement = false, delete = false, squeeze = false;
    for (int option; (option = getopt(argc, argv, "cCds")) != -1;) {
        switch (option) {
            case 'c':
            case 'C': complement = true; break;
            case 'd': delete = true; break;
            case 's': squeeze = true; break;
            default: return 1;
        }
    }
    const int sets = argc - optind;
    if (sets < 1 || sets > 2 || (sets == 1 && !delete && !squeeze) || (sets == 2 && delete && !squeeze)) {
        fprintf(stderr, "usage: tr [-cds] set1 [set2]\n");
        return 1;
    }
    struct set first = read_set(argv[optind]), second = sets == 2 ? read_set(argv[optind + 1]) : first;
    if (complement) first = all_but(&first);
    if (sets == 1 && complement) second = first;
    int becomes[256];
    bool squeezed[256] = {false};
    for (int c = 0; c < 256; ++c) becomes[c] = c;
    for (int i = 0; i < first.count; ++i) {
        if (delete) becomes[first.items[i]] = -1;
        else if (sets == 2 && second.count > 0) becomes[first.items[i]] = second.items[i < second.count ? i : second.count - 1];
    }
    for (int i = 0; squeeze && i < second.count; ++i) squeezed[second.items[i]] = true;
    for (int c, last = -1; (c = getchar()) != EOF;) {
        const int out = becomes[c];
        if (out < 0 || (out == last && squeezed[out])) continue;
        putchar(out);
        last = out;
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
