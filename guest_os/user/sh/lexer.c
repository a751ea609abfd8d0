// Characters to tokens. What a word is made of is read in lexer_word.c.

#include "parser_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell.h"

int take_char(struct parser *p) {
    const int c = p->pushed_count > 0 ? p->pushed[--p->pushed_count] : next_of(p->source);
    if (c != NO_MORE) append(&p->written, (char)c);
    if (c == '\n') ++p->source->line_number;
    return c;
}

static void push(struct parser *p, int c) {
    if (p->pushed_count == p->pushed_room) {
        const int room = p->pushed_room * 2 + 16;
        int *larger = get((size_t)room * sizeof *larger);
        if (p->pushed_count > 0) memcpy(larger, p->pushed, (size_t)p->pushed_count * sizeof *larger);
        p->pushed = larger;
        p->pushed_room = room;
    }
    p->pushed[p->pushed_count++] = c;
    if (c == '\n') --p->source->line_number;
}

void give_back(struct parser *p, int c) {
    push(p, c);
    if (c != NO_MORE) p->written.bytes[--p->written.length] = '\0';
}

void read_instead(struct parser *p, const char *alias, const char *text) {
    const size_t length = strlen(text);
    struct alias_use *use = get(sizeof *use);
    *use = (struct alias_use){.outer = p->uses, .name = alias, .below = p->pushed_count};
    use->ends_with_blank = length > 0 && isblank((unsigned char)text[length - 1]);
    p->uses = use;
    for (size_t i = length; i > 0; --i) push(p, (unsigned char)text[i - 1]);
    p->written.length = p->token.start;
    p->has_token = false;
}

// Where a token begins, the text of some aliases may be over. True if one of them ended with a blank.
static bool leave_aliases(struct parser *p) {
    bool blank = false;
    for (; p->uses != NULL && p->pushed_count < p->uses->below; p->uses = p->uses->outer) {
        blank = blank || p->uses->ends_with_blank;
    }
    return blank;
}

_Noreturn void syntax_error(struct parser *p, const char *what) {
    const char *name = p->source->name != NULL ? p->source->name : shell.parameters[0];
    if (!p->source->interrupted) fprintf(stderr, "%s: %d: Syntax error: %s\n", name, p->source->line_number, what);
    longjmp(*p->failed, 1);
}

static const struct {
    const char *text;
    enum token_kind kind;
} operators[] = {  // the longest first
    {"<<-", DOUBLE_LESS_DASH}, {"&&", AND_TOKEN},          {"||", OR_TOKEN},      {";;", DOUBLE_SEMICOLON},
    {"<<", DOUBLE_LESS},       {">>", DOUBLE_GREATER},     {"<&", LESS_AMPERSAND}, {">&", GREATER_AMPERSAND},
    {"<>", LESS_GREATER},      {">|", CLOBBER},            {"&", AMPERSAND},      {";", SEMICOLON},
    {"|", PIPE_TOKEN},         {"<", LESS},                {">", GREATER},        {"(", OPEN},
    {")", CLOSE},              {"\n", LINE_END},
};
enum { OPERATOR_COUNT = sizeof operators / sizeof operators[0] };

static const char *name_of(const struct token *token) {
    if (token->kind == END_OF_INPUT) return "end of file";
    if (token->kind == LINE_END) return "newline";
    if (token->kind == WORD_TOKEN && token->plain == NULL) return "word";
    const char *text = token->plain;
    for (int i = 0; i < OPERATOR_COUNT; ++i) {
        if (operators[i].kind == token->kind) text = operators[i].text;
    }
    struct text quoted = {0};
    append(&quoted, '"');
    append_string(&quoted, text);
    append(&quoted, '"');
    return quoted.bytes;
}

_Noreturn void unexpected(struct parser *p, const char *expected) {
    const struct token *token = peek_token(p);
    struct text what = {0};
    append_string(&what, name_of(token));
    append_string(&what, " unexpected");
    if (expected != NULL) {
        append_string(&what, " (expecting \"");
        append_string(&what, expected);
        append_string(&what, "\")");
    }
    if (token->kind == LINE_END) give_back(p, '\n');  // it ends the line that is meant
    syntax_error(p, what.bytes);
}

static enum token_kind read_operator(struct parser *p, int first) {
    int c[3] = {first, take_char(p), NO_MORE};
    const bool third = c[0] == '<' && c[1] == '<';  // reading on past a line end would ask a person for more
    if (third) c[2] = take_char(p);
    for (int i = 0; i < OPERATOR_COUNT; ++i) {
        const char *text = operators[i].text;
        const size_t length = strlen(text);
        size_t same = 0;
        while (same < length && c[same] == text[same]) ++same;
        if (same < length) continue;
        for (int back = 2; back >= (int)length; --back) {
            if (back == 1 || third) give_back(p, c[back]);
        }
        return operators[i].kind;
    }
    abort();  // called with the first character of an operator only
}

// The text of a here-document up to the line that is the delimiter, with tabs in front of lines removed for <<-.
static const char *read_here_lines(struct parser *p, const struct pending_here *here) {
    struct text body = {0};
    for (;;) {
        struct text line = {0};
        int c = take_char(p);
        while (here->strip_tabs && c == '\t') c = take_char(p);
        for (; c != '\n' && c != NO_MORE; c = take_char(p)) {
            append(&line, (char)c);
            if (c != '\\' || here->quoted) continue;
            const int next = take_char(p);  // a line end behind it is no end of the line
            if (next == NO_MORE) give_back(p, next);
            else append(&line, (char)next);
        }
        if (strcmp(text_of(&line), here->delimiter) == 0) break;
        if (c == NO_MORE && line.length == 0) break;
        append_string(&body, text_of(&line));
        append(&body, '\n');
        if (c == NO_MORE) break;
    }
    return text_of(&body);
}

static void read_here_documents(struct parser *p) {
    while (p->pending != NULL) {
        const struct pending_here *here = p->pending;
        p->pending = here->next;
        const char *text = read_here_lines(p, here);
        if (!here->quoted) {
            here->redirection->target = parse_here_text(p, text);
            continue;
        }
        struct word *word = arena_get(p->arena, sizeof *word);
        word->parts = arena_get(p->arena, sizeof *word->parts);
        *word->parts =
            (struct part){.kind = PLAIN, .quoted = true, .text = arena_string(p->arena, text, strlen(text))};
        here->redirection->target = word;
    }
}

static int skip_blanks(struct parser *p) {
    for (;;) {
        int c = take_char(p);
        if (c == ' ' || c == '\t') continue;
        if (c == '#') {
            while (c != '\n' && c != NO_MORE) c = take_char(p);
        }
        if (c != '\\') return c;
        const int next = take_char(p);
        if (next != '\n') {
            give_back(p, next);
            return c;
        }
    }
}

static const char *plain_text(const struct word *word) {
    const struct part *part = word->parts;
    return part != NULL && part->next == NULL && part->kind == PLAIN && !part->quoted ? part->text : NULL;
}

// "2>" is one token, "2 >" and "x2>" are not.
static bool is_descriptor(struct parser *p, const struct token *token) {
    if (token->plain == NULL || strlen(token->plain) != 1 || !isdigit((unsigned char)token->plain[0])) return false;
    const int next = take_char(p);
    give_back(p, next);
    return next == '<' || next == '>';
}

static void read_token(struct parser *p) {
    p->token = (struct token){.descriptor = -1};
    int c = skip_blanks(p);
    p->token.start = p->written.length - (c != NO_MORE);
    p->token.may_be_alias = leave_aliases(p);
    if (c == NO_MORE) {
        p->token.kind = END_OF_INPUT;
        return;
    }
    if (!strchr("&|;<>()\n", c) || c == '\0') {
        p->token.kind = WORD_TOKEN;
        p->token.word = read_word(p, c);
        p->token.plain = plain_text(p->token.word);
        if (!is_descriptor(p, &p->token)) return;
        p->token.descriptor = p->token.plain[0] - '0';
        c = take_char(p);
    }
    p->token.kind = c == '\n' ? LINE_END : read_operator(p, c);
    if (c == '\n') read_here_documents(p);
}

const struct token *peek_token(struct parser *p) {
    if (!p->has_token) read_token(p);
    p->has_token = true;
    return &p->token;
}

struct token take_token(struct parser *p) {
    peek_token(p);
    p->has_token = false;
    p->source->continuing = true;
    return p->token;
}
