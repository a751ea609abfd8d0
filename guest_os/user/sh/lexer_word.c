// A word is read into parts: plain text, quoted text, and everything that begins with "$" or "`".

#include "parser_internal.h"

#include <ctype.h>
#include <string.h>

struct builder {
    struct parser *p;
    struct part *first, **end;
    struct text plain;
    bool quoted;   // of the plain text that is being gathered
    bool started;  // there is such text, perhaps empty: ""
};

static struct builder start_word(struct parser *p) { return (struct builder){.p = p}; }

static void add_part(struct builder *b, struct part part) {
    struct part *copy = arena_get(b->p->arena, sizeof *copy);
    *copy = part;
    if (b->end == NULL) b->end = &b->first;
    *b->end = copy;
    b->end = &copy->next;
}

static void finish_plain(struct builder *b) {
    if (b->started) {
        char *text = arena_string(b->p->arena, text_of(&b->plain), (size_t)b->plain.length);
        add_part(b, (struct part){.kind = PLAIN, .quoted = b->quoted, .text = text});
    }
    b->plain = (struct text){0};
    b->started = false;
}

static void switch_to(struct builder *b, bool quoted) {
    if (b->started && b->quoted != quoted) finish_plain(b);
    b->quoted = quoted;
    b->started = true;
}

static void add_char(struct builder *b, int c, bool quoted) {
    switch_to(b, quoted);
    append(&b->plain, (char)c);
}

static struct word *finish_word(struct builder *b) {
    finish_plain(b);
    struct word *word = arena_get(b->p->arena, sizeof *word);
    word->parts = b->first;
    return word;
}

static void read_dollar(struct builder *b, bool quoted);
static void read_double_quotes(struct builder *b);

static void read_single_quotes(struct builder *b) {
    switch_to(b, true);
    for (int c; (c = take_char(b->p)) != '\'';) {
        if (c == NO_MORE) syntax_error(b->p, "Unterminated quoted string");
        add_char(b, c, true);
    }
}

// `...`: a backslash in front of ` $ \ takes their meaning away, inside double quotes that of " too.
static void read_backquotes(struct builder *b, bool quoted) {
    struct text text = {0};
    for (int c; (c = take_char(b->p)) != '`';) {
        if (c == NO_MORE) syntax_error(b->p, "EOF in backquote substitution");
        if (c == '\\') {
            const int next = take_char(b->p);
            if (next == NO_MORE || next == '\n') continue;
            if (!strchr("`$\\", next) && !(quoted && next == '"')) append(&text, '\\');
            c = next;
        }
        append(&text, (char)c);
    }
    finish_plain(b);
    struct node *command = parse_text(b->p, text_of(&text));
    add_part(b, (struct part){.kind = SUBSTITUTION, .quoted = quoted, .command = command});
}

// A backslash outside quotes, and inside double quotes, where it is special only in front of the characters given.
static void read_backslash(struct builder *b, const char *special) {
    const int c = take_char(b->p);
    if (c == '\n') return;
    if (c == NO_MORE) {
        add_char(b, '\\', true);
        return;
    }
    if (special != NULL && !strchr(special, c)) add_char(b, '\\', true);
    add_char(b, c, true);
}

static void read_double_quotes(struct builder *b) {
    bool empty = true;
    for (int c; (c = take_char(b->p)) != '"';) {
        empty = false;
        switch (c) {
            case NO_MORE: syntax_error(b->p, "Unterminated quoted string");
            case '\\': read_backslash(b, "$`\"\\"); break;
            case '$': read_dollar(b, true); break;
            case '`': read_backquotes(b, true); break;
            default: add_char(b, c, true);
        }
    }
    if (empty) switch_to(b, true);  // "" is a word, too
}

// What stands in ${name:-here} up to the "}".
static struct word *read_operand(struct parser *p, bool quoted) {
    struct builder b = start_word(p);
    for (int c; (c = take_char(p)) != '}';) {
        switch (c) {
            case NO_MORE: syntax_error(p, "Missing '}'");
            case '\\': read_backslash(&b, quoted ? "$`\"\\}" : NULL); break;
            case '$': read_dollar(&b, quoted); break;
            case '`': read_backquotes(&b, quoted); break;
            case '"': read_double_quotes(&b); break;
            case '\'':
                if (!quoted) {
                    read_single_quotes(&b);
                    break;
                }
                add_char(&b, c, true);
                break;
            default: add_char(&b, c, quoted);
        }
    }
    return finish_word(&b);
}

// What stands in $((here)) up to the "))" that belongs to it.
static struct word *read_arithmetic(struct parser *p) {
    struct builder b = start_word(p);
    for (int depth = 0;;) {
        const int c = take_char(p);
        if (c == NO_MORE) syntax_error(p, "Missing '))'");
        if (c == '$') {
            read_dollar(&b, true);
            continue;
        }
        if (c == '`') {
            read_backquotes(&b, true);
            continue;
        }
        if (c == '"') continue;
        if (c == '\\') {
            read_backslash(&b, "$`\"\\");
            continue;
        }
        if (c == '(') ++depth;
        if (c == ')' && depth-- == 0) {
            if (take_char(p) != ')') syntax_error(p, "Missing '))'");
            return finish_word(&b);
        }
        add_char(&b, c, true);
    }
}

static void read_parenthesis(struct builder *b, bool quoted) {
    const int next = take_char(b->p);
    finish_plain(b);
    if (next == '(') {
        struct word *operand = read_arithmetic(b->p);
        add_part(b, (struct part){.kind = ARITHMETIC, .quoted = quoted, .operand = operand});
        return;
    }
    give_back(b->p, next);
    add_part(b, (struct part){.kind = SUBSTITUTION, .quoted = quoted, .command = parse_substitution(b->p)});
}

static bool is_name_char(int c) { return c == '_' || (c != NO_MORE && isalnum(c)); }

// A name, one of the special parameters, or digits (only one of them without braces). Empty if there is none.
static char *read_name(struct parser *p, bool braces) {
    struct text name = {0};
    int c = take_char(p);
    if (c != NO_MORE && c != '\0' && strchr("@*#?-$!", c)) {
        append(&name, (char)c);
        return name.bytes;
    }
    const bool digits = c != NO_MORE && isdigit(c);
    while (digits ? isdigit(c) : is_name_char(c)) {
        append(&name, (char)c);
        c = take_char(p);
        if (digits && !braces) break;
        if (c == NO_MORE) break;
    }
    give_back(p, c);
    return (char *)text_of(&name);
}

static void read_operation(struct parser *p, struct part *part) {
    int c = take_char(p);
    if (c == '}') return;
    if (c == ':') {
        part->colon = true;
        c = take_char(p);
    }
    if (c == NO_MORE || c == '\0' || !strchr(part->colon ? "-=?+" : "-=?+#%", c)) syntax_error(p, "Bad substitution");
    if (c == '#' || c == '%') {
        const int next = take_char(p);
        if (next == c) c = c == '#' ? 'H' : 'P';
        else give_back(p, next);
    }
    part->operation = (char)c;
    const bool pattern = strchr("#%HP", c) != NULL;  // there, quotes mean what they mean outside
    part->operand = read_operand(p, part->quoted && !pattern);
}

// ${#name} is a length, ${#} and ${#-x} are about the number of parameters.
static bool is_length(struct parser *p) {
    const int c = take_char(p);
    if (c != '#') {
        give_back(p, c);
        return false;
    }
    const int next = take_char(p);
    give_back(p, next);
    if (is_name_char(next) || next == '@' || next == '*' || next == '?' || next == '$' || next == '!') return true;
    give_back(p, '#');
    return false;
}

static void read_dollar(struct builder *b, bool quoted) {
    struct parser *p = b->p;
    const int c = take_char(p);
    if (c == '(') {
        read_parenthesis(b, quoted);
        return;
    }
    struct part part = {.kind = PARAMETER, .quoted = quoted};
    const bool braces = c == '{';
    if (!braces) give_back(p, c);
    else if (is_length(p)) part.operation = 'l';
    const char *name = read_name(p, braces);
    if (*name == '\0') {
        if (braces) syntax_error(p, "Bad substitution");
        add_char(b, '$', quoted);  // stands for itself
        return;
    }
    part.text = arena_string(p->arena, name, strlen(name));
    if (braces && part.operation == 0) read_operation(p, &part);
    else if (braces && take_char(p) != '}') syntax_error(p, "Bad substitution");
    finish_plain(b);
    add_part(b, part);
}

struct word *read_word(struct parser *p, int first) {
    struct builder b = start_word(p);
    for (int c = first;; c = take_char(p)) {
        if (c == NO_MORE || (c != '\0' && strchr(" \t\n&|;<>()", c))) {
            give_back(p, c);
            return finish_word(&b);
        }
        switch (c) {
            case '\'': read_single_quotes(&b); break;
            case '"': read_double_quotes(&b); break;
            case '\\': read_backslash(&b, NULL); break;
            case '$': read_dollar(&b, false); break;
            case '`': read_backquotes(&b, false); break;
            default: add_char(&b, c, false);
        }
    }
}

struct word *parse_here_text(struct parser *outer, const char *text) {
    struct source source = string_source(text);
    struct parser p = {.source = &source, .arena = outer->arena, .outer = outer, .failed = outer->failed};
    source.name = outer->source->name;
    source.line_number = outer->source->line_number;
    struct builder b = start_word(&p);
    for (int c; (c = take_char(&p)) != NO_MORE;) {
        switch (c) {
            case '\\': read_backslash(&b, "$`\\"); break;
            case '$': read_dollar(&b, true); break;
            case '`': read_backquotes(&b, true); break;
            default: add_char(&b, c, true);
        }
    }
    return finish_word(&b);
}
