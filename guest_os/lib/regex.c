// regcomp: from the pattern to the program (regex_program.h).

#include "character_class.h"
#include "regex_program.h"

#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_REPEATED = 255, MOST_INSTRUCTIONS = 20000 };

struct compiler {
    regex_t *regex;
    const char *at;  // where the pattern is read
    int room;        // for instructions
    int depth;       // of open groups
    int error;       // the first one; then nothing is read any more
};

static void fail(struct compiler *c, int error) {
    if (c->error == 0) c->error = error;
}

static void insert(struct compiler *c, int place, enum regex_operation operation, int value) {
    regex_t *regex = c->regex;
    if (regex->__count == c->room) {
        const int room = c->room * 2 + 16;
        struct __regex_instruction *more =
            room > MOST_INSTRUCTIONS ? NULL : realloc(regex->__code, (size_t)room * sizeof *regex->__code);
        if (more == NULL) {
            fail(c, REG_ESPACE);
            return;
        }
        regex->__code = more;
        c->room = room;
    }
    struct __regex_instruction *code = regex->__code + place;
    memmove(code + 1, code, (size_t)(regex->__count++ - place) * sizeof *code);
    *code = (struct __regex_instruction){operation, value};
}

static void emit(struct compiler *c, enum regex_operation operation, int value) {
    insert(c, c->regex->__count, operation, value);
}

// An operator that has a backslash unless the pattern is extended: "(" or "\(".
static bool is_operator(const struct compiler *c, const char *text, char operator) {
    if (c->regex->__flags & REG_EXTENDED) return text[0] == operator;
    return text[0] == '\\' && text[1] == operator;
}

static bool accept(struct compiler *c, char operator) {
    if (!is_operator(c, c->at, operator)) return false;
    c->at += c->regex->__flags & REG_EXTENDED ? 1 : 2;
    return true;
}

// A ")" of an extended pattern that closes nothing is a character like others.
static bool is_end_of_branch(const struct compiler *c, const char *text) {
    const bool may_close = c->depth > 0 || !(c->regex->__flags & REG_EXTENDED);
    return *text == '\0' || (may_close && is_operator(c, text, ')')) || is_operator(c, text, '|');
}

static bool is_repetition(const struct compiler *c, const char *text) {
    const bool is_extended = (c->regex->__flags & REG_EXTENDED) != 0;
    return is_operator(c, text, '{') || (is_extended && (*text == '*' || *text == '+' || *text == '?'));
}

// ---- sets ----

static void add_to_set(const struct compiler *c, unsigned char set[32], int character) {
    set[character / 8] |= (unsigned char)(1 << character % 8);
    if (!(c->regex->__flags & REG_ICASE)) return;
    set[toupper(character) / 8] |= (unsigned char)(1 << toupper(character) % 8);
    set[tolower(character) / 8] |= (unsigned char)(1 << tolower(character) % 8);
}

// "[:alpha:]" inside brackets, behind the first two characters.
static void read_class(struct compiler *c, unsigned char set[32]) {
    const char *end = strstr(c->at, ":]");
    int (*const belongs)(int) = end == NULL ? NULL : __character_class(c->at, (size_t)(end - c->at));
    if (belongs == NULL) {
        fail(c, end == NULL ? REG_EBRACK : REG_ECTYPE);
        return;
    }
    for (int character = 0; character <= UCHAR_MAX; ++character) {
        if (belongs(character)) add_to_set(c, set, character);
    }
    c->at = end + 2;
}

static void read_range(struct compiler *c, unsigned char set[32]) {
    const int low = (unsigned char)*c->at++;
    const bool is_range = c->at[0] == '-' && c->at[1] != ']' && c->at[1] != '\0';
    const int high = is_range ? (unsigned char)c->at[1] : low;
    if (is_range) c->at += 2;
    if (low > high) fail(c, REG_ERANGE);
    for (int character = low; character <= high; ++character) add_to_set(c, set, character);
}

// Behind the "[".
static void read_set(struct compiler *c) {
    unsigned char set[32] = {0};
    const bool inverted = *c->at == '^';
    if (inverted) ++c->at;
    for (bool first = true; c->error == 0 && *c->at != '\0' && (*c->at != ']' || first); first = false) {
        if (c->at[0] == '[' && c->at[1] == ':') {
            c->at += 2;
            read_class(c, set);
        } else if (c->at[0] == '[' && (c->at[1] == '=' || c->at[1] == '.')) {
            fail(c, REG_ECOLLATE);
        } else {
            read_range(c, set);
        }
    }
    if (*c->at != ']') {
        fail(c, REG_EBRACK);
        return;
    }
    ++c->at;
    if (inverted && (c->regex->__flags & REG_NEWLINE)) add_to_set(c, set, '\n');
    for (int i = 0; inverted && i < 32; ++i) set[i] = (unsigned char)~set[i];
    regex_t *regex = c->regex;
    unsigned char(*more)[32] = realloc(regex->__sets, (size_t)(regex->__set_count + 1) * sizeof *more);
    if (more == NULL) {
        fail(c, REG_ESPACE);
        return;
    }
    regex->__sets = more;
    memcpy(more[regex->__set_count], set, sizeof set);
    emit(c, SET, regex->__set_count++);
}

// ---- repetitions ----

// The instructions from `begin` on, once more.
static void append_block(struct compiler *c, int begin, int length) {
    for (int i = 0; i < length && c->error == 0; ++i) {
        const struct __regex_instruction instruction = c->regex->__code[begin + i];
        emit(c, instruction.operation, instruction.value);
    }
}

// The instructions from `begin` on become what is done at least `least` times, and at most `most`, or as often as one likes.
// Whoever can go on prefers to: what comes first behind a SPLIT comes first.
static void repeat(struct compiler *c, int begin, int least, int most) {
    const int length = c->regex->__count - begin;
    const bool is_endless = most == INT_MAX;
    for (int i = 1; i < least + (is_endless && least > 0); ++i) append_block(c, begin, length);
    if (is_endless) {
        insert(c, c->regex->__count - length, SPLIT, length + 2);
        emit(c, JUMP, -length - 1);
        return;
    }
    if (least == 0) insert(c, begin, most == 0 ? JUMP : SPLIT, length + 1);
    for (int i = least > 0 ? least : 1; i < most; ++i) {
        emit(c, SPLIT, length + 1);
        append_block(c, begin + (least == 0), length);
    }
}

static int read_count(struct compiler *c, int otherwise) {
    if (!isdigit((unsigned char)*c->at)) return otherwise;
    char *end;
    const long count = strtol(c->at, &end, 10);
    c->at = end;
    return count > MOST_REPEATED ? MOST_REPEATED + 1 : (int)count;
}

// Behind the "{".
static void read_bounds(struct compiler *c, int *least, int *most) {
    *least = *most = read_count(c, 0);
    if (*c->at == ',') {
        ++c->at;
        *most = read_count(c, INT_MAX);
    }
    if (!accept(c, '}')) fail(c, *c->at == '\0' ? REG_EBRACE : REG_BADBR);
    if (*least > *most || *least > MOST_REPEATED || (*most != INT_MAX && *most > MOST_REPEATED)) fail(c, REG_BADBR);
}

// What stands behind an atom, as long as something does.
static void read_repetitions(struct compiler *c, int begin) {
    while (c->error == 0) {
        int least = 0, most = INT_MAX;
        if (*c->at == '*') ++c->at;
        else if (accept(c, '+')) least = 1;
        else if (accept(c, '?')) most = 1;
        else if (accept(c, '{')) read_bounds(c, &least, &most);
        else return;
        if (c->error == 0) repeat(c, begin, least, most);
    }
}

// ---- atoms and what is made of them ----

static void read_alternatives(struct compiler *c);

// Behind the "(".
static void read_group(struct compiler *c) {
    const int group = (int)++c->regex->re_nsub;
    ++c->depth;
    emit(c, GROUP_BEGIN, group);
    read_alternatives(c);
    emit(c, GROUP_END, group);
    --c->depth;
    if (!accept(c, ')')) fail(c, REG_EPAREN);
}

// Behind a backslash that makes no operator.
static void read_escaped(struct compiler *c) {
    const int character = (unsigned char)*c->at;
    if (character == '\0') {
        fail(c, REG_EESCAPE);
        return;
    }
    ++c->at;
    if (character < '1' || character > '9') {
        emit(c, ONE, character);
        return;
    }
    if ((size_t)(character - '0') > c->regex->re_nsub) fail(c, REG_ESUBREG);
    c->regex->__has_references = 1;
    emit(c, SAME_AS_GROUP, character - '0');
}

// ^ and $ where they are no characters like others.
static bool read_line_end(struct compiler *c, bool is_first) {
    const bool is_extended = (c->regex->__flags & REG_EXTENDED) != 0;
    if (*c->at == '^' && (is_extended || is_first)) {
        emit(c, LINE_BEGIN, 0);
        ++c->at;
        if (!is_extended && *c->at == '*') emit(c, ONE, *c->at++);  // where there is nothing to repeat
        return true;
    }
    if (*c->at == '$' && (is_extended || is_end_of_branch(c, c->at + 1))) {
        emit(c, LINE_END, 0);
        ++c->at;
        return true;
    }
    return false;
}

static void read_atom(struct compiler *c, bool is_first) {
    const int begin = c->regex->__count;
    if (read_line_end(c, is_first)) return;
    if (is_repetition(c, c->at)) {
        fail(c, REG_BADRPT);
    } else if (accept(c, '(')) {
        read_group(c);
    } else if (*c->at == '[') {
        ++c->at;
        read_set(c);
    } else if (*c->at == '.') {
        ++c->at;
        emit(c, ANY, 0);
    } else if (*c->at == '\\') {
        ++c->at;
        read_escaped(c);
    } else {
        emit(c, ONE, (unsigned char)*c->at++);
    }
    read_repetitions(c, begin);
}

static void read_alternatives(struct compiler *c) {
    const int begin = c->regex->__count;
    for (bool is_first = true; c->error == 0 && !is_end_of_branch(c, c->at); is_first = false) read_atom(c, is_first);
    if (c->error != 0 || !accept(c, '|')) return;
    insert(c, begin, SPLIT, c->regex->__count - begin + 2);
    const int jump = c->regex->__count;
    emit(c, JUMP, 0);
    read_alternatives(c);
    if (c->error == 0) c->regex->__code[jump].value = c->regex->__count - jump;
}

int regcomp(regex_t *__restrict regex, const char *__restrict pattern, int flags) {
    *regex = (regex_t){.__flags = flags};
    struct compiler c = {.regex = regex, .at = pattern};
    read_alternatives(&c);
    if (*c.at != '\0') fail(&c, REG_EPAREN);  // a ")" without its "("
    emit(&c, FOUND, 0);
    if (c.error != 0) regfree(regex);
    return c.error;
}

void regfree(regex_t *regex) {
    free(regex->__code);
    free(regex->__sets);
    *regex = (regex_t){0};
}

size_t regerror(int error, const regex_t *__restrict regex, char *__restrict text, size_t size) {
    static const char *const messages[] = {
        [0] = "no error",
        [REG_NOMATCH] = "no match",
        [REG_BADPAT] = "invalid regular expression",
        [REG_ECOLLATE] = "invalid collating element",
        [REG_ECTYPE] = "invalid class of characters",
        [REG_EESCAPE] = "nothing behind the backslash",
        [REG_ESUBREG] = "no such group",
        [REG_EBRACK] = "unmatched [",
        [REG_EPAREN] = "unmatched ( or )",
        [REG_EBRACE] = "unmatched {",
        [REG_BADBR] = "invalid count in { }",
        [REG_ERANGE] = "invalid range",
        [REG_ESPACE] = "too large",
        [REG_BADRPT] = "nothing to repeat",
    };
    (void)regex;
    const bool is_known = error >= 0 && (size_t)error < sizeof messages / sizeof messages[0];
    return (size_t)snprintf(text, size, "%s", is_known ? messages[error] : "unknown error") + 1;
}
