// Words as they were written become words as commands see them: "~" and "$" are replaced, what an unquoted "$" brought
// is split at the characters of IFS, patterns become the names of files, quotes are gone.

#include <ctype.h>
#include <fnmatch.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parser.h"
#include "shell.h"
#include "substitute.h"

// A word that grows. The same word as a pattern has a backslash in front of quoted characters that are special there.
struct expansion {
    struct words *words;  // where finished words go; NULL: one string, never split
    struct text text, pattern;
    bool has_word;       // "" is a word, too
    bool has_wildcards;  // unquoted ones
    bool after_blank;    // a blank of IFS ended the last word: a separator that follows belongs to it
    const char *separators;
    const struct part *first;  // of the word
    bool is_assigned;          // the word is the value of an assignment
};

static void finish_word(struct expansion *e) {
    if (e->has_word) {
        char *text = get_string(text_of(&e->text));
        if (e->has_wildcards && !shell.no_globbing) expand_glob(e->words, (char *)text_of(&e->pattern), text);
        else add_word(e->words, text);
    }
    e->text = e->pattern = (struct text){0};
    e->has_word = e->has_wildcards = false;
}

static void add_char(struct expansion *e, char c, bool quoted) {
    append(&e->text, c);
    if (quoted && strchr("*?[]\\-!^", c)) append(&e->pattern, '\\');
    if (!quoted && (c == '*' || c == '?' || c == '[')) e->has_wildcards = true;
    append(&e->pattern, c);
    e->has_word = true;
    e->after_blank = false;
}

static void add_string(struct expansion *e, const char *string, bool quoted) {
    while (*string) add_char(e, *string++, quoted);
}

static void add_splitting(struct expansion *e, const char *string) {
    for (; *string; ++string) {
        const char c = *string;
        if (!strchr(e->separators, c)) {
            add_char(e, c, false);
        } else if (c == ' ' || c == '\t' || c == '\n') {
            if (e->has_word) {
                finish_word(e);
                e->after_blank = true;
            }
        } else {
            if (!e->has_word && !e->after_blank) e->has_word = true;  // an empty word between two separators
            finish_word(e);
            e->after_blank = false;
        }
    }
}

static void add_value(struct expansion *e, const char *value, bool quoted) {
    if (quoted) e->has_word = true;
    if (quoted || e->words == NULL) add_string(e, value, quoted);
    else add_splitting(e, value);
}

static void add_all_parameters(struct expansion *e, bool at, bool quoted) {
    const char joint[2] = {e->separators[0], '\0'};
    for (int i = 1; i < shell.parameter_count; ++i) {
        if (i > 1) {
            if (e->words != NULL && (at || !quoted)) {
                if (quoted) e->has_word = true;
                finish_word(e);
            } else {
                add_string(e, at || !quoted ? " " : joint, quoted);
            }
        }
        add_value(e, shell.parameters[i], quoted);
    }
    if (quoted && !at) e->has_word = true;
}

// The value of a parameter other than "@" and "*"; NULL if it is not set.
static const char *parameter_value(const char *name) {
    char number[16];
    switch (isalpha((unsigned char)*name) ? 0 : *name) {
        case '?': snprintf(number, sizeof number, "%d", shell.status); return get_string(number);
        case '$': snprintf(number, sizeof number, "%d", shell.pid); return get_string(number);
        case '#': snprintf(number, sizeof number, "%d", shell.parameter_count - 1); return get_string(number);
        case '!':
            if (shell.last_background == 0) return NULL;
            snprintf(number, sizeof number, "%d", shell.last_background);
            return get_string(number);
        case '-': {
            struct text flags = {0};
            if (shell.exit_on_error) append(&flags, 'e');
            if (shell.no_globbing) append(&flags, 'f');
            if (shell.interactive) append(&flags, 'i');
            if (shell.error_on_unset) append(&flags, 'u');
            if (shell.trace) append(&flags, 'x');
            return text_of(&flags);
        }
        default: break;
    }
    if (!isdigit((unsigned char)*name)) return value_of(name);
    const int index = atoi(name);
    return index < shell.parameter_count ? shell.parameters[index] : NULL;
}

// ${x#pattern} and its three sisters: the shortest or longest piece at the front or the end is left out.
static char *without_match(const char *value, const char *pattern, char operation) {
    const int length = (int)strlen(value);
    const bool front = operation == '#' || operation == 'H', longest = operation == 'H' || operation == 'P';
    for (int i = 0; i <= length; ++i) {
        const int size = longest ? length - i : i;
        char *piece = get_string(front ? value : value + length - size);
        piece[size] = '\0';
        if (fnmatch(pattern, piece, 0) != 0) continue;
        char *rest = get_string(front ? value + size : value);
        rest[length - size] = '\0';
        return rest;
    }
    return (char *)value;
}

static void expand_parts(struct expansion *e, const struct part *part, bool is_operand);

static void expand_length(struct expansion *e, const struct part *part, const char *value) {
    char number[16];
    const bool all = *part->text == '@' || *part->text == '*';
    snprintf(number, sizeof number, "%d", all ? shell.parameter_count - 1 : value != NULL ? (int)strlen(value) : 0);
    add_value(e, number, part->quoted);
}

static void expand_parameter(struct expansion *e, const struct part *part) {
    const char *name = part->text;
    const bool all = strcmp(name, "@") == 0 || strcmp(name, "*") == 0;
    const char *value = all ? (shell.parameter_count > 1 ? shell.parameters[1] : NULL) : parameter_value(name);
    const bool counts_as_none = value == NULL || (part->colon && *value == '\0' && !(all && shell.parameter_count > 2));
    switch (part->operation) {
        case '-':
            if (counts_as_none) {
                expand_parts(e, part->operand->parts, true);
                if (part->quoted) e->has_word = true;
                return;
            }
            break;
        case '+':
            if (!counts_as_none) expand_parts(e, part->operand->parts, true);
            if (part->quoted) e->has_word = true;
            return;
        case '=':
            if (counts_as_none) {
                if (name_length(name) == 0) fail(2, "%s: bad variable name", name);
                value = expand_string(part->operand);
                set_variable(name, value);
            }
            break;
        case '?':
            if (counts_as_none) {
                const char *message = part->operand->parts != NULL ? expand_string(part->operand)
                                                                   : "parameter not set";
                fail(2, "%s: %s", name, message);
            }
            break;
        default: break;
    }
    if (value == NULL && shell.error_on_unset && !all && strchr("-+=?", part->operation ? part->operation : 'x') == NULL) {
        fail(2, "%s: parameter not set", name);
    }
    if (part->operation == 'l') {
        expand_length(e, part, value);
    } else if (part->operation != 0 && strchr("#%HP", part->operation)) {
        if (value != NULL) {
            value = without_match(value, expand_pattern(part->operand), part->operation);
            add_value(e, value, part->quoted);
        } else if (part->quoted) {
            e->has_word = true;
        }
    } else if (all) {
        add_all_parameters(e, *name == '@', part->quoted);
    } else {
        add_value(e, value != NULL ? value : "", part->quoted);
    }
}

static void expand_arithmetic(struct expansion *e, const struct part *part) {
    char number[24];
    snprintf(number, sizeof number, "%lld", evaluate(expand_string(part->operand)));
    add_value(e, number, part->quoted);
}

// The folder that "~" or "~name" stands for, and how long that is; NULL if it stands for none.
static const char *home_of(const struct expansion *e, const struct part *part, const char *at, int *length) {
    if (*at != '~') return NULL;
    const char *end = at + 1 + strcspn(at + 1, e->is_assigned ? "/:" : "/");
    if (*end == '\0' && part->next != NULL) return NULL;  // something is quoted
    *length = (int)(end - at);
    if (end == at + 1) return value_of("HOME");
    char *name = get_string(at + 1);
    name[*length - 1] = '\0';
    const struct passwd *user = getpwnam(name);
    return user != NULL ? user->pw_dir : NULL;
}

// "~" is replaced at the beginning of a word, and in the value of an assignment also behind a ":".
static void add_plain(struct expansion *e, const struct part *part) {
    bool is_begin = part == e->first;
    for (const char *at = part->text; *at != '\0';) {
        int length = 1;
        const char *home = is_begin ? home_of(e, part, at, &length) : NULL;
        if (home != NULL) add_string(e, home, true);
        else add_char(e, *at, false);
        is_begin = home == NULL && e->is_assigned && *at == ':';
        at += home != NULL ? length : 1;
    }
}

// Text inside ${x:-here} that is not quoted is split like a value.
static void expand_parts(struct expansion *e, const struct part *part, bool is_operand) {
    for (; part != NULL; part = part->next) {
        switch (part->kind) {
            case PLAIN:
                if (part->quoted) {
                    e->has_word = true;
                    add_string(e, part->text, true);
                } else if (is_operand) {
                    add_value(e, part->text, false);
                } else {
                    add_plain(e, part);
                }
                break;
            case PARAMETER: expand_parameter(e, part); break;
            case SUBSTITUTION: add_value(e, output_of(part->command), part->quoted); break;
            case ARITHMETIC: expand_arithmetic(e, part); break;
        }
    }
}

static struct expansion start_expansion(struct words *words) {
    const char *separators = value_of("IFS");
    return (struct expansion){.words = words, .separators = separators != NULL ? separators : " \t\n"};
}

static void expand_word(struct expansion *e, const struct word *word) {
    e->first = word->parts;
    expand_parts(e, word->parts, false);
}

void expand_one_word(struct words *result, const struct word *word) {
    struct expansion e = start_expansion(result);
    expand_word(&e, word);
    finish_word(&e);
}

void expand_words(struct words *result, const struct word *word) {
    for (; word != NULL; word = word->next) expand_one_word(result, word);
}

char *expand_string(const struct word *word) {
    struct expansion e = start_expansion(NULL);
    expand_word(&e, word);
    return (char *)text_of(&e.text);
}

char *expand_assigned(const struct word *word) {
    struct expansion e = start_expansion(NULL);
    e.is_assigned = true;
    expand_word(&e, word);
    return (char *)text_of(&e.text);
}

char *expand_pattern(const struct word *word) {
    struct expansion e = start_expansion(NULL);
    expand_word(&e, word);
    return (char *)text_of(&e.pattern);
}
