#include "print_format.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Prints what stands for the escape whose letter is at *at, and moves past it. false: \c.
static bool print_escape(const char **at, enum octal octal) {
    static const char letters[] = "abfnrtv\\", values[] = "\a\b\f\n\r\t\v\\";
    const char c = **at;
    const char *known = c != '\0' ? strchr(letters, c) : NULL;
    if (c == 'c' && octal == ZERO_BEFORE_OCTAL) return false;
    if (known != NULL) {
        putchar(values[known - letters]);
        ++*at;
    } else if (octal == OCTAL ? c >= '0' && c <= '7' : c == '0') {
        if (octal == ZERO_BEFORE_OCTAL) ++*at;
        int value = 0;
        for (int digits = 0; digits < 3 && **at >= '0' && **at <= '7'; ++digits) value = value * 8 + *(*at)++ - '0';
        putchar(value & 0xFF);
    } else if (octal == OCTAL && (c == '"' || c == '\'')) {
        putchar(c);
        ++*at;
    } else {
        putchar('\\');
    }
    return true;
}

bool print_escapes(const char *text, enum octal octal) {
    while (*text) {
        if (*text != '\\') {
            putchar(*text++);
            continue;
        }
        ++text;
        if (!print_escape(&text, octal)) return false;
    }
    return true;
}

struct arguments {
    char **next;  // NULL behind the last
    const char *command;
    int status;
    bool stopped;
};

static const char *take(struct arguments *a) { return *a->next != NULL ? *a->next++ : NULL; }

static void check_number(struct arguments *a, const char *text, const char *end) {
    if (end != text && *end == '\0') return;
    fflush(stdout);
    fprintf(stderr, "%s: %s: %s\n", a->command, text, end == text ? "expected numeric value" : "not completely converted");
    a->status = 1;
}

// A number, or a quote and a character whose number is meant.
static long long take_integer(struct arguments *a) {
    const char *text = take(a);
    if (text == NULL || *text == '\0') return 0;
    if (*text == '"' || *text == '\'') return (unsigned char)text[1];
    char *end;
    const long long value = *text == '-' ? strtoll(text, &end, 0) : (long long)strtoull(text, &end, 0);
    check_number(a, text, end);
    return value;
}

static double take_floating(struct arguments *a) {
    const char *text = take(a);
    if (text == NULL || *text == '\0') return 0;
    if (*text == '"' || *text == '\'') return (unsigned char)text[1];
    char *end;
    const double value = strtod(text, &end);
    check_number(a, text, end);
    return value;
}

// %[flags][width][.precision]letter, with * replaced, in `spec`, where the length letters "ll" still fit in.
static const char *read_specification(struct arguments *a, const char *at, char *spec, size_t room) {
    size_t length = 0;
    spec[length++] = '%';
    while (*at && strchr("-+ #0123456789.*", *at) && length + 16 < room) {
        if (*at == '*') length += (size_t)sprintf(spec + length, "%d", (int)take_integer(a));
        else spec[length++] = *at;
        ++at;
    }
    spec[length] = '\0';
    return at;
}

static void print_conversion(struct arguments *a, char letter, char *spec) {
    const size_t length = strlen(spec);
    switch (letter) {
        case 'd':
        case 'i':
        case 'o':
        case 'u':
        case 'x':
        case 'X':
            sprintf(spec + length, "ll%c", letter);
            printf(spec, take_integer(a));
            break;
        case 'a':
        case 'A':
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
            sprintf(spec + length, "%c", letter);
            printf(spec, take_floating(a));
            break;
        case 'c': {
            const char *text = take(a);
            sprintf(spec + length, ".1s");
            printf(spec, text != NULL ? text : "");
            break;
        }
        case 's': {
            const char *text = take(a);
            sprintf(spec + length, "s");
            printf(spec, text != NULL ? text : "");
            break;
        }
        case 'b': {
            const char *text = take(a);
            if (text != NULL && !print_escapes(text, ZERO_BEFORE_OCTAL)) a->stopped = true;
            break;
        }
        default:
            fflush(stdout);
            fprintf(stderr, "%s: %%%c: invalid directive\n", a->command, letter);
            a->status = 1;
            a->stopped = true;
    }
}

static void print_once(struct arguments *a, const char *at) {
    while (*at && !a->stopped) {
        if (*at == '\\') {
            ++at;
            print_escape(&at, OCTAL);
        } else if (*at != '%') {
            putchar(*at++);
        } else if (at[1] == '%') {
            putchar('%');
            at += 2;
        } else {
            char spec[64];
            at = read_specification(a, at + 1, spec, sizeof spec);
            print_conversion(a, *at, spec);
            if (*at) ++at;
        }
    }
}

int print_formatted(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--") == 0) --argc, ++argv;
    if (argc < 2) {
        fprintf(stderr, "usage: printf format [argument...]\n");
        return 2;
    }
    struct arguments a = {.next = argv + 2, .command = "printf"};
    do {  // the format serves again as long as there are arguments left
        char **const before = a.next;
        print_once(&a, argv[1]);
        if (a.next == before) break;
    } while (*a.next != NULL && !a.stopped);
    return a.status;
}
