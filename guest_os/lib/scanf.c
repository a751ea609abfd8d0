// scanf's language: blanks skip blanks, other characters must match, %[*][width][size]conversion reads.
// Conversions: d i u o x p a e f g s c [set] n %.

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// Input comes from a file or from a string, one character ahead.
struct source {
    FILE *file;        // NULL when reading a string
    const char *text;
    int count;         // characters taken so far
};

static int take(struct source *in) {
    const int c = in->file ? fgetc(in->file) : *in->text ? (unsigned char)*in->text++ : EOF;
    if (c != EOF) ++in->count;
    return c;
}

static void give_back(struct source *in, int c) {
    if (c == EOF) return;
    --in->count;
    if (in->file) {
        ungetc(c, in->file);
    } else {
        --in->text;
    }
}

static int skip_blanks(struct source *in) {
    int c = take(in);
    while (isspace(c)) c = take(in);
    give_back(in, c);
    return c;
}

struct directive {
    bool discard;
    int width;  // 0: no limit
    char size;  // H hh, h, l, L ll and j, D for L
    char conversion;
    bool set[256];
};

static const char *read_set(const char *format, struct directive *d) {
    const bool inverted = *format == '^';
    if (inverted) ++format;
    for (int c = 0; c < 256; ++c) d->set[c] = inverted;
    do {
        if (*format == '\0') return format;
        unsigned char first = (unsigned char)*format++, last = first;
        if (format[0] == '-' && format[1] != ']' && format[1] != '\0') {
            last = (unsigned char)format[1];
            format += 2;
        }
        for (int c = first; c <= last; ++c) d->set[c] = !inverted;
    } while (*format != ']');
    return format + 1;
}

static const char *read_directive(const char *format, struct directive *d) {
    *d = (struct directive){0};
    if (*format == '*') {
        d->discard = true;
        ++format;
    }
    for (; isdigit((unsigned char)*format); ++format) d->width = d->width * 10 + (*format - '0');
    while (*format && strchr("hlzjtL", *format)) {
        const bool twice = d->size == *format;
        d->size = *format == 'L' ? 'D' : *format == 'j' ? 'L' : twice ? (*format == 'h' ? 'H' : 'L') : *format;
        ++format;
    }
    d->conversion = *format ? *format++ : '\0';
    return d->conversion == '[' ? read_set(format, d) : format;
}

static void store_integer(const struct directive *d, void *to, int64_t value) {
    switch (d->size) {
        case 'H': *(int8_t *)to = (int8_t)value; break;
        case 'h': *(int16_t *)to = (int16_t)value; break;
        case 'L': *(int64_t *)to = value; break;
        default: *(int32_t *)to = (int32_t)value;
    }
}

static bool digit_fits(int c, int base) {
    const int digit = isdigit(c) ? c - '0' : isalpha(c) ? tolower(c) - 'a' + 10 : 99;
    return digit < base;
}

// Collects the characters that can be a number and leaves their value to strtoll.
static bool scan_integer(struct source *in, const struct directive *d, int base, void *to) {
    char text[66];
    const int limit = d->width > 0 && d->width < 65 ? d->width : 65;
    int length = 0;
    int c = take(in);
    if ((c == '-' || c == '+') && length < limit) {
        text[length++] = (char)c;
        c = take(in);
    }
    if (c == '0' && length < limit && (base == 0 || base == 16)) {
        text[length++] = '0';
        c = take(in);
        if ((c == 'x' || c == 'X') && length < limit) {
            text[length++] = 'x';
            c = take(in);
            base = 16;
        } else if (base == 0) {
            base = 8;
        }
    }
    if (base == 0) base = 10;
    while (length < limit && c != EOF && digit_fits(c, base)) {
        text[length++] = (char)c;
        c = take(in);
    }
    give_back(in, c);
    text[length] = '\0';
    char *end;
    const bool has_sign = d->conversion == 'd' || d->conversion == 'i';
    const int64_t value = has_sign ? strtoll(text, &end, base) : (int64_t)strtoull(text, &end, base);
    if (end == text) return false;
    if (to) store_integer(d, to, value);
    return true;
}

static bool begins_word(const char *text, const char *word) {
    const size_t length = strlen(text);
    return length <= strlen(word) && strncasecmp(text, word, length) == 0;
}

// Is this a number, or could more characters make one of it?
static bool begins_float(const char *text) {
    if (*text == '+' || *text == '-') ++text;
    if (begins_word(text, "infinity") || begins_word(text, "nan")) return true;
    const bool hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    const char *digits = hexadecimal ? "0123456789abcdefABCDEF" : "0123456789";
    if (hexadecimal) text += 2;
    size_t count = strspn(text, digits);
    text += count;
    if (*text == '.') {
        const size_t behind_point = strspn(++text, digits);
        text += behind_point;
        count += behind_point;
    }
    if (*text == '\0') return true;
    if (count == 0 || tolower((unsigned char)*text) != (hexadecimal ? 'p' : 'e')) return false;
    ++text;
    if (*text == '+' || *text == '-') ++text;
    return text[strspn(text, "0123456789")] == '\0';
}

// Collects the characters that can be a number and leaves their value to strtod.
static bool scan_float(struct source *in, const struct directive *d, void *to) {
    char text[128] = "";
    const int limit = d->width > 0 && d->width < (int)sizeof text - 1 ? d->width : (int)sizeof text - 1;
    int length = 0, c = take(in);
    for (; length < limit && c != EOF && c != '\0'; c = take(in)) {
        text[length] = (char)c;
        if (!begins_float(text)) break;
        ++length;
    }
    text[length] = '\0';
    give_back(in, c);
    char *end;
    const double value = strtod(text, &end);
    if (length == 0 || *end != '\0') return false;
    if (to == NULL) return true;
    if (d->size == 'D') *(long double *)to = value;
    else if (d->size == 'l') *(double *)to = value;
    else *(float *)to = strtof(text, NULL);
    return true;
}

static bool belongs(const struct directive *d, int c) {
    switch (d->conversion) {
        case 's': return !isspace(c);
        case 'c': return true;
        default: return d->set[c];
    }
}

static bool scan_text(struct source *in, const struct directive *d, char *to) {
    const int limit = d->width > 0 ? d->width : d->conversion == 'c' ? 1 : 0x7FFFFFFF;
    int length = 0;
    while (length < limit) {
        const int c = take(in);
        if (c == EOF) break;
        if (!belongs(d, c)) {
            give_back(in, c);
            break;
        }
        if (to) to[length] = (char)c;
        ++length;
    }
    if (to && d->conversion != 'c' && length > 0) to[length] = '\0';
    return d->conversion == 'c' ? length == limit : length > 0;
}

static bool scan_one(struct source *in, const struct directive *d, void *to) {
    switch (d->conversion) {
        case 'd':
        case 'u': return scan_integer(in, d, 10, to);
        case 'i': return scan_integer(in, d, 0, to);
        case 'o': return scan_integer(in, d, 8, to);
        case 'x':
        case 'X':
        case 'p': return scan_integer(in, d, 16, to);
        case 'a':
        case 'A':
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G': return scan_float(in, d, to);
        case 's':
        case 'c':
        case '[': return scan_text(in, d, to);
        default: return false;
    }
}

static int scan(struct source *in, const char *format, va_list arguments) {
    int stored = 0;
    while (*format) {
        if (isspace((unsigned char)*format)) {
            skip_blanks(in);
            ++format;
            continue;
        }
        if (*format != '%') {
            const int c = take(in);
            if (c != (unsigned char)*format++) {
                give_back(in, c);
                return c == EOF && stored == 0 ? EOF : stored;
            }
            continue;
        }
        struct directive d;
        format = read_directive(format + 1, &d);
        if (d.conversion == 'n') {
            store_integer(&d, va_arg(arguments, void *), in->count);
            continue;
        }
        if (!strchr("c[", d.conversion)) skip_blanks(in);
        const int next = take(in);
        give_back(in, next);
        if (next == EOF) return stored == 0 ? EOF : stored;
        if (d.conversion == '%') {
            if (next != '%') return stored;
            take(in);
            continue;
        }
        if (!scan_one(in, &d, d.discard ? NULL : va_arg(arguments, void *))) return stored;
        if (!d.discard) ++stored;
    }
    return stored;
}

int vfscanf(FILE *restrict file, const char *restrict format, va_list arguments) {
    struct source in = {.file = file};
    return scan(&in, format, arguments);
}

int vsscanf(const char *restrict text, const char *restrict format, va_list arguments) {
    struct source in = {.text = text};
    return scan(&in, format, arguments);
}

int vscanf(const char *restrict format, va_list arguments) { return vfscanf(stdin, format, arguments); }

int scanf(const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int stored = vfscanf(stdin, format, arguments);
    va_end(arguments);
    return stored;
}

int fscanf(FILE *restrict file, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int stored = vfscanf(file, format, arguments);
    va_end(arguments);
    return stored;
}

int sscanf(const char *restrict text, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int stored = vsscanf(text, format, arguments);
    va_end(arguments);
    return stored;
}
