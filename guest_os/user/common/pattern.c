// A pattern becomes a program for a machine that is in many places at once: it reads the text once, character by
// character, and each place of the program that a character leads on from moves on. So no pattern takes longer than the
// length of the text times that of the program.
//
//     a*b|c      0: SPLIT 6      go on at both, the next and number 0 + 6
//                1: SPLIT 3
//                2: ONE a
//                3: JUMP -2
//                4: ONE b
//                5: JUMP 2
//                6: ONE c
//                7: FOUND

#include "pattern.h"

#include <ctype.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum operation { ONE, ANY, SET, LINE_BEGIN, LINE_END, GROUP_BEGIN, GROUP_END, SPLIT, JUMP, FOUND };

struct instruction {
    enum operation operation;
    int value;           // the character; how far to jump
    unsigned char *set;  // a bit for each character
};

enum { MOST_REPEATED = 255, MOST_INSTRUCTIONS = 20000 };

static struct instruction *code;
static int count, room;
static bool extended, fold, failed, has_group;
static const char *at;  // where the pattern is read

// ---- from the pattern to the program ----

static void insert(int place, struct instruction instruction) {
    if (count == room) code = realloc(code, (size_t)(room = room * 2 + 64) * sizeof *code);
    if (code == NULL || count > MOST_INSTRUCTIONS) exit(2);
    memmove(code + place + 1, code + place, (size_t)(count++ - place) * sizeof *code);
    code[place] = instruction;
}

static void emit(enum operation operation, int value) { insert(count, (struct instruction){operation, value, NULL}); }

// An operator that has a backslash unless the pattern is EXTENDED: "(" or "\(".
static bool is_operator(const char *text, char c) { return extended ? text[0] == c : text[0] == '\\' && text[1] == c; }

static bool accept(char c) {
    if (!is_operator(at, c)) return false;
    at += extended ? 1 : 2;
    return true;
}

static bool is_end_of_branch(const char *text) {
    return *text == '\0' || *text == '\n' || is_operator(text, ')') || is_operator(text, '|');
}

static void add_to_set(unsigned char *set, int c) {
    set[c / 8] |= (unsigned char)(1 << c % 8);
    if (!fold) return;
    set[toupper(c) / 8] |= (unsigned char)(1 << toupper(c) % 8);
    set[tolower(c) / 8] |= (unsigned char)(1 << tolower(c) % 8);
}

// "[:alpha:]" inside brackets.
static bool add_class(unsigned char *set) {
    static const struct {
        const char *name;
        int (*is_in)(int c);
    } classes[] = {{"[:alpha:]", isalpha}, {"[:digit:]", isdigit}, {"[:alnum:]", isalnum}, {"[:upper:]", isupper},
                   {"[:lower:]", islower}, {"[:space:]", isspace}, {"[:blank:]", isblank}, {"[:punct:]", ispunct},
                   {"[:print:]", isprint}, {"[:graph:]", isgraph}, {"[:cntrl:]", iscntrl}, {"[:xdigit:]", isxdigit}};
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; ++i) {
        const size_t length = strlen(classes[i].name);
        if (strncmp(at, classes[i].name, length) != 0) continue;
        for (int c = 0; c < 128; ++c) {
            if (classes[i].is_in(c)) add_to_set(set, c);
        }
        at += length;
        return true;
    }
    return false;
}

static void read_set(void) {
    unsigned char *set = calloc(1, UCHAR_MAX / 8 + 1);
    if (set == NULL) exit(2);
    const bool inverted = *at == '^';
    at += inverted;
    for (bool first = true; *at != '\0' && (*at != ']' || first); first = false) {
        if (*at == '[' && at[1] == ':' && add_class(set)) continue;
        const int low = (unsigned char)*at++;
        const bool range = at[0] == '-' && at[1] != ']' && at[1] != '\0';
        const int high = range ? (unsigned char)at[1] : low;
        at += range ? 2 : 0;
        for (int c = low; c <= high; ++c) add_to_set(set, c);
    }
    failed = failed || *at != ']';
    if (*at == ']') ++at;
    for (int i = 0; inverted && i <= UCHAR_MAX / 8; ++i) set[i] = (unsigned char)~set[i];
    insert(count, (struct instruction){SET, 0, set});
}

static void read_alternatives(void);

static void read_group(void) {
    const bool is_first = !has_group;
    has_group = true;
    if (is_first) emit(GROUP_BEGIN, 0);
    read_alternatives();
    if (is_first) emit(GROUP_END, 0);
    if (!accept(')')) failed = true;
}

// The instructions from `begin` on, once more.
static void append_block(int begin, int length) {
    for (int i = 0; i < length; ++i) insert(count, code[begin + i]);
}

// The instructions from `begin` on become what is done at least `least` times, and at most `most`, or as often as one likes.
static void repeat(int begin, int least, int most) {
    const int length = count - begin;
    for (int i = 1; i < least; ++i) append_block(begin, length);
    if (most == INT_MAX && least > 0) {
        emit(SPLIT, -length);
    } else if (most == INT_MAX) {
        insert(begin, (struct instruction){SPLIT, length + 2, NULL});
        emit(JUMP, -length - 1);
    } else {
        if (least == 0) insert(begin, (struct instruction){most == 0 ? JUMP : SPLIT, length + 1, NULL});
        for (int i = least > 0 ? least : 1; i < most; ++i) {
            emit(SPLIT, length + 1);
            append_block(begin + (least == 0), length);
        }
    }
}

static int read_count(int otherwise) {
    return isdigit((unsigned char)*at) ? (int)strtol(at, (char **)&at, 10) : otherwise;
}

// What stands behind an atom, as long as something does.
static void read_repetitions(int begin) {
    for (;;) {
        int least = 0, most = INT_MAX;
        if (*at == '*') {
            ++at;
        } else if (accept('+')) {
            least = 1;
        } else if (accept('?')) {
            most = 1;
        } else if (accept('{')) {
            least = most = read_count(0);
            if (*at == ',') ++at, most = read_count(INT_MAX);
            if (!accept('}') || least > most || least > MOST_REPEATED || (most != INT_MAX && most > MOST_REPEATED)) {
                failed = true;
                return;
            }
        } else {
            return;
        }
        repeat(begin, least, most);
    }
}

static void read_atom(bool is_first) {
    const int begin = count;
    if (*at == '^' && (extended || is_first)) {
        emit(LINE_BEGIN, 0);
        ++at;
        if (!extended && *at == '*') emit(ONE, *at++);  // where there is nothing to repeat
        return;
    }
    if (*at == '$' && (extended || is_end_of_branch(at + 1))) {
        emit(LINE_END, 0);
        ++at;
        return;
    }
    if (accept('(')) {
        read_group();
    } else if (*at == '[') {
        ++at;
        read_set();
    } else if (*at == '.') {
        emit(ANY, 0);
        ++at;
    } else if ((*at == '*' && is_first) || (*at != '\\')) {
        emit(ONE, (unsigned char)*at++);
    } else {
        failed = failed || at[1] == '\0' || isdigit((unsigned char)at[1]);
        ++at;
        if (*at != '\0') emit(ONE, (unsigned char)*at++);
    }
    read_repetitions(begin);
}

static void read_alternatives(void) {
    const int begin = count;
    for (bool is_first = true; !failed && !is_end_of_branch(at); is_first = false) read_atom(is_first);
    if (*at == '\n') ++at;
    else if (!accept('|')) return;
    insert(begin, (struct instruction){SPLIT, count - begin + 2, NULL});
    const int jump = count;
    emit(JUMP, 0);
    read_alternatives();
    code[jump].value = count - jump;
}

static void read_literally(void) {
    const int begin = count;
    while (*at != '\0' && *at != '\n') emit(ONE, (unsigned char)*at++);
    if (*at == '\0') return;
    ++at;
    insert(begin, (struct instruction){SPLIT, count - begin + 2, NULL});
    const int jump = count;
    emit(JUMP, 0);
    read_literally();
    code[jump].value = count - jump;
}

bool choose_pattern(const char *pattern, int flags) {
    extended = (flags & EXTENDED) != 0;
    fold = (flags & FOLD_CASE) != 0;
    failed = has_group = false;
    count = 0;
    at = pattern;
    if (flags & LITERAL) read_literally();
    else read_alternatives();
    emit(FOUND, 0);
    return !failed && *at == '\0';
}

// ---- running it ----

struct place {
    int number;  // of an instruction
    const char *group, *group_end;
};

struct places {
    struct place *all;
    int count;
};

static int *seen;  // for each instruction: when it was last put among the places
static int step;

// Jumps are followed at once.
static void add(struct places *places, struct place place, const char *line, const char *text) {
    if (seen[place.number] == step) return;
    seen[place.number] = step;
    const struct instruction *instruction = &code[place.number];
    const int next = place.number + 1;
    switch (instruction->operation) {
        case JUMP: place.number += instruction->value; break;
        case SPLIT:
            add(places, (struct place){next, place.group, place.group_end}, line, text);
            place.number += instruction->value;
            break;
        case LINE_BEGIN:
            if (text != line) return;
            place.number = next;
            break;
        case LINE_END:
            if (*text != '\0') return;
            place.number = next;
            break;
        case GROUP_BEGIN: place = (struct place){next, text, NULL}; break;
        case GROUP_END: place = (struct place){next, place.group, text}; break;
        default: places->all[places->count++] = place; return;
    }
    add(places, place, line, text);
}

static bool leads_on(const struct instruction *instruction, char character) {
    const int c = (unsigned char)character;
    if (c == '\0') return false;
    switch (instruction->operation) {
        case ONE: return c == instruction->value || (fold && tolower(c) == tolower(instruction->value));
        case ANY: return true;
        case SET: return (instruction->set[c / 8] >> c % 8 & 1) != 0;
        default: return false;
    }
}

static bool match_here(const char *line, const char *start, struct match *match) {
    static struct places now, then;
    static int size;
    if (size < count) {
        size = count;
        now.all = realloc(now.all, (size_t)size * sizeof *now.all);
        then.all = realloc(then.all, (size_t)size * sizeof *then.all);
        seen = realloc(seen, (size_t)size * sizeof *seen);
        if (now.all == NULL || then.all == NULL || seen == NULL) exit(2);
        memset(seen, 0, (size_t)size * sizeof *seen);
        step = 0;
    }
    bool found = false;
    now.count = 0;
    ++step;
    add(&now, (struct place){0, NULL, NULL}, line, start);
    for (const char *text = start; now.count > 0; ++text) {
        then.count = 0;
        ++step;
        for (int i = 0; i < now.count; ++i) {
            struct place place = now.all[i];
            if (code[place.number].operation == FOUND) {
                const bool has_end = place.group_end != NULL;
                *match = (struct match){start, (int)(text - start), has_end ? place.group : NULL,
                                        has_end ? (int)(place.group_end - place.group) : 0};
                found = true;
            } else if (leads_on(&code[place.number], *text)) {
                ++place.number;
                add(&then, place, line, text + 1);
            }
        }
        const struct places other = now;
        now = then;
        then = other;
    }
    return found;
}

bool find_match(const char *line, const char *from, struct match *match) {
    for (;; ++from) {
        if (match_here(line, from, match)) return true;
        if (*from == '\0') return false;
    }
}

bool match_at_beginning(const char *line, struct match *match) { return match_here(line, line, match); }
