// sort [-bcfmnru] [-k first[.char][letters][,last[.char][letters]]]... [-t separator] [-o file] [file...]: sorts lines by their
// bytes; -n by the number they begin with, -f without regard to case, -b without the blanks in front, -r backwards; -u each
// only once, -c only tells whether they are sorted, -m only merges files that are. A key reaches from one field (or character of it) to the end of
// another, or of the line, and may have letters of its own; the first key that differs decides.

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "common/lines.h"

struct manner {
    bool blanks, fold, numeric, reverse;
};

struct key {
    long first, first_character;  // from 1
    long last, last_character;    // 0: the end of the line; the end of the field
    struct manner manner;
    bool has_manner;
};

struct part {
    const char *text;
    size_t length;
};

enum { MOST_KEYS = 10 };

static struct manner manner;
static struct key keys[MOST_KEYS];
static int key_count;
static bool unique;
static char separator;
static char **lines;
static int line_count, room;

static _Noreturn void usage(void) {
    fprintf(stderr, "usage: sort [-bcfmnru] [-k first[,last]]... [-t separator] [-o file] [file...]\n");
    exit(2);
}

// ---- keys ----

static bool take_letter(struct manner *m, int letter) {
    switch (letter) {
        case 'b': m->blanks = true; return true;
        case 'f': m->fold = true; return true;
        case 'n': m->numeric = true; return true;
        case 'r': m->reverse = true; return true;
        default: return false;
    }
}

static const char *read_place(const char *at, struct key *key, long *field, long *character) {
    char *end;
    *field = strtol(at, &end, 10);
    if (end == at || *field < 1) usage();
    if (*end == '.') *character = strtol(end + 1, &end, 10);
    for (; take_letter(&key->manner, *end); ++end) key->has_manner = true;
    return end;
}

static void add_key(const char *text) {
    if (key_count == MOST_KEYS) usage();
    struct key *key = &keys[key_count++];
    key->first_character = 1;
    const char *at = read_place(text, key, &key->first, &key->first_character);
    if (*at == ',') at = read_place(at + 1, key, &key->last, &key->last_character);
    if (*at != '\0' || key->first_character < 1) usage();
}

// Where a field ends; blanks in front of it belong to it.
static const char *end_of_field(const char *at) {
    if (separator != '\0') return strchrnul(at, separator);
    while (isblank((unsigned char)*at)) ++at;
    while (*at && !isblank((unsigned char)*at)) ++at;
    return at;
}

static const char *begin_of_field(const char *line, long field) {
    for (long i = 1; i < field; ++i) {
        line = end_of_field(line);
        if (separator != '\0' && *line != '\0') ++line;
    }
    return line;
}

static const char *skip(const char *at, long characters) {
    while (characters-- > 0 && *at != '\0') ++at;
    return at;
}

static struct part part_of(const char *line, const struct key *key, const struct manner *m) {
    const char *start = begin_of_field(line, key->first);
    if (m->blanks || m->numeric) start += strspn(start, " \t");
    start = skip(start, key->first_character - 1);
    const char *end = start + strlen(start);
    if (key->last > 0) {
        const char *field = begin_of_field(line, key->last);
        end = key->last_character > 0 ? skip(field, key->last_character) : end_of_field(field);
    }
    return (struct part){start, end > start ? (size_t)(end - start) : 0};
}

// ---- comparing ----

// Digits are compared as they are, so that a number may be as long as one likes.
static int compare_digits(const char *a, size_t a_length, const char *b, size_t b_length) {
    while (a_length > 0 && *a == '0') ++a, --a_length;
    while (b_length > 0 && *b == '0') ++b, --b_length;
    if (a_length != b_length) return a_length < b_length ? -1 : 1;
    return memcmp(a, b, a_length);
}

struct number {
    bool negative;
    struct part whole, fraction;
};

static size_t digits_in(const char *at, const char *end) {
    size_t length = 0;
    while (at + length < end && isdigit((unsigned char)at[length])) ++length;
    return length;
}

static struct number number_of(struct part part) {
    const char *at = part.text, *const end = part.text + part.length;
    struct number number = {0};
    while (at < end && isblank((unsigned char)*at)) ++at;
    if (at < end && *at == '-') number.negative = true, ++at;
    number.whole = (struct part){at, digits_in(at, end)};
    at += number.whole.length;
    if (at < end && *at == '.') number.fraction = (struct part){at + 1, digits_in(at + 1, end)};
    while (number.fraction.length > 0 && number.fraction.text[number.fraction.length - 1] == '0') --number.fraction.length;
    const bool is_zero = number.fraction.length == 0 && compare_digits(number.whole.text, number.whole.length, "", 0) == 0;
    if (is_zero) number.negative = false;
    return number;
}

static int compare_bytes(struct part a, struct part b, bool fold) {
    const size_t shorter = a.length < b.length ? a.length : b.length;
    const int order = shorter == 0 ? 0 : fold ? strncasecmp(a.text, b.text, shorter) : memcmp(a.text, b.text, shorter);
    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

static int compare_numbers(struct part left, struct part right) {
    const struct number a = number_of(left), b = number_of(right);
    if (a.negative != b.negative) return a.negative ? -1 : 1;
    int order = compare_digits(a.whole.text, a.whole.length, b.whole.text, b.whole.length);
    if (order == 0) order = compare_bytes(a.fraction, b.fraction, false);
    return a.negative ? -order : order;
}

static int compare_by(const struct key *key, const char *a, const char *b) {
    const struct manner *m = key->has_manner ? &key->manner : &manner;
    const struct part left = part_of(a, key, m), right = part_of(b, key, m);
    const int order = m->numeric ? compare_numbers(left, right) : compare_bytes(left, right, m->fold);
    return m->reverse ? -order : order;
}

static int compare_keys(const char *a, const char *b) {
    static const struct key all = {.first = 1, .first_character = 1};
    if (key_count == 0) return compare_by(&all, a, b);
    int order = 0;
    for (int i = 0; i < key_count && order == 0; ++i) order = compare_by(&keys[i], a, b);
    return order;
}

// Lines whose keys are equal are compared as a whole, unless only one of them is wanted.
static int compare(const void *left, const void *right) {
    const char *a = *(char *const *)left, *b = *(char *const *)right;
    const int order = compare_keys(a, b);
    if (order != 0 || unique) return order;
    return manner.reverse ? strcmp(b, a) : strcmp(a, b);
}

// ---- lines ----

static int read_lines(FILE *file, const char *name) {
    (void)name;
    for (char *line; (line = next_line(file)) != NULL;) {
        if (line_count == room) lines = realloc(lines, (size_t)(room = room * 2 + 64) * sizeof *lines);
        if (lines == NULL || (lines[line_count] = strdup(line)) == NULL) return report("sort", "memory");
        ++line_count;
    }
    return 0;
}

static int check(const char *name) {
    for (int i = 1; i < line_count; ++i) {
        const int order = compare(&lines[i - 1], &lines[i]);
        if (order < 0 || (order == 0 && !unique)) continue;
        fprintf(stderr, "sort: %s:%d: disorder: %s\n", name, i + 1, lines[i]);
        return 1;
    }
    return 0;
}

int main(int argc, char *argv[]) {
    const char *output = NULL;
    bool only_check = false;
    for (int option; (option = getopt(argc, argv, "bcfmnruk:t:o:")) != -1;) {
        if (take_letter(&manner, option)) continue;
        switch (option) {
            case 'c': only_check = true; break;
            case 'm': break;  // what is sorted only gets merged
            case 'u': unique = true; break;
            case 'k': add_key(optarg); break;
            case 't': separator = *optarg; break;
            case 'o': output = optarg; break;
            default: usage();
        }
    }
    if (for_each_file("sort", argv + optind, argc - optind, read_lines) != 0) return 2;
    if (only_check) return check(optind < argc ? argv[optind] : "-");
    qsort(lines, (size_t)line_count, sizeof *lines, compare);
    if (output != NULL && freopen(output, "w", stdout) == NULL) return report("sort", output) + 1;
    for (int i = 0; i < line_count; ++i) {
        if (unique && i > 0 && compare(&lines[i - 1], &lines[i]) == 0) continue;
        puts(lines[i]);
    }
    return fflush(stdout) == 0 ? 0 : 2;
}
