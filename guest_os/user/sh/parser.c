// Tokens to a tree, by recursive descent.
//
//   list      =  and_or { (";" | "&" | newline) and_or }
//   and_or    =  pipeline { ("&&" | "||") pipeline }
//   pipeline  =  ["!"] command { "|" command }
//   command   =  simple  |  compound { redirection }  |  name "(" ")" compound
//   simple    =  { assignment | redirection } { word | redirection }
//   compound  =  "(" list ")"  |  "{" list "}"  |  if  |  while  |  until  |  for  |  case

#include "parser_internal.h"

#include <ctype.h>
#include <string.h>

#include "shell.h"

static struct node *parse_list(struct parser *p);
static struct node *parse_pipeline(struct parser *p);

int name_length(const char *text) {
    int length = 0;
    if (!isdigit((unsigned char)*text)) {
        while (isalnum((unsigned char)text[length]) || text[length] == '_') ++length;
    }
    return length;
}

bool is_reserved_word(const char *text) {
    static const char *const words[] = {"!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for",
                                        "if", "in", "then", "until", "while"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; ++i) {
        if (strcmp(words[i], text) == 0) return true;
    }
    return false;
}

static struct node *make(struct parser *p, enum node_kind kind, struct node *first, struct node *second) {
    struct node *node = arena_get(p->arena, sizeof *node);
    node->kind = kind;
    node->first = first;
    node->second = second;
    return node;
}

static bool next_is(struct parser *p, enum token_kind kind) { return peek_token(p)->kind == kind; }

static bool accept(struct parser *p, enum token_kind kind) {
    if (!next_is(p, kind)) return false;
    take_token(p);
    return true;
}

static bool next_is_word(struct parser *p, const char *reserved) {
    const struct token *token = peek_token(p);
    return token->kind == WORD_TOKEN && token->plain != NULL && strcmp(token->plain, reserved) == 0;
}

static bool accept_word(struct parser *p, const char *reserved) {
    if (!next_is_word(p, reserved)) return false;
    take_token(p);
    return true;
}

static void expect_word(struct parser *p, const char *reserved) {
    if (!accept_word(p, reserved)) unexpected(p, reserved);
}

static void skip_line_ends(struct parser *p) {
    while (accept(p, LINE_END)) continue;
}

// ---- aliases

static bool is_in_use(const struct parser *p, const char *alias) {
    for (; p != NULL; p = p->outer) {
        for (const struct alias_use *use = p->uses; use != NULL; use = use->outer) {
            if (strcmp(use->name, alias) == 0) return true;
        }
    }
    return false;
}

// Where a command may begin: if the next word is an alias, its text is read instead.
static bool replace_alias(struct parser *p) {
    const struct token *token = peek_token(p);
    if (token->kind != WORD_TOKEN || token->plain == NULL || is_reserved_word(token->plain)) return false;
    const char *value = value_of_alias(token->plain);
    if (value == NULL || is_in_use(p, token->plain)) return false;
    read_instead(p, token->plain, value);
    return true;
}

static void replace_aliases(struct parser *p) {
    while (replace_alias(p)) continue;
}

// ---- redirections

static char *word_without_quotes(struct parser *p, const struct word *word, bool *quoted) {
    struct text text = {0};
    *quoted = false;
    for (const struct part *part = word->parts; part != NULL; part = part->next) {
        if (part->quoted) *quoted = true;
        if (part->kind == PARAMETER) append(&text, '$');
        if (part->text != NULL) append_string(&text, part->text);
    }
    return arena_string(p->arena, text_of(&text), (size_t)text.length);
}

static void expect_here_document(struct parser *p, struct redirection *r, bool strip_tabs) {
    struct pending_here *here = arena_get(p->arena, sizeof *here), **last = &p->pending;
    bool quoted;
    const char *delimiter = word_without_quotes(p, r->target, &quoted);
    *here = (struct pending_here){.redirection = r, .delimiter = delimiter, .quoted = quoted, .strip_tabs = strip_tabs};
    while (*last != NULL) last = &(*last)->next;
    *last = here;
}

static enum redirection_kind kind_of(enum token_kind token) {
    switch (token) {
        case LESS: return FROM_FILE;
        case LESS_GREATER: return BOTH_WAYS;
        case LESS_AMPERSAND: return FROM_DESCRIPTOR;
        case GREATER_AMPERSAND: return TO_DESCRIPTOR;
        case DOUBLE_GREATER: return TO_END;
        case GREATER: return TO_FILE;
        case CLOBBER: return OVER_FILE;
        default: return FROM_HERE;
    }
}

static bool parse_redirection(struct parser *p, struct redirection ***end) {
    if (peek_token(p)->kind < LESS) return false;
    const struct token op = take_token(p);
    if (!next_is(p, WORD_TOKEN)) unexpected(p, NULL);
    struct redirection *r = arena_get(p->arena, sizeof *r);
    r->kind = kind_of(op.kind);
    const bool output = r->kind == TO_FILE || r->kind == OVER_FILE || r->kind == TO_END || r->kind == TO_DESCRIPTOR;
    r->descriptor = op.descriptor >= 0 ? op.descriptor : output ? 1 : 0;
    r->target = take_token(p).word;
    if (r->kind == FROM_HERE) expect_here_document(p, r, op.kind == DOUBLE_LESS_DASH);
    **end = r;
    *end = &r->next;
    return true;
}

// ---- compound commands

static struct node *parse_required_list(struct parser *p) {
    struct node *list = parse_list(p);
    if (list == NULL) unexpected(p, NULL);
    return list;
}

static struct node *parse_if(struct parser *p) {
    struct node *condition = parse_required_list(p);
    expect_word(p, "then");
    struct node *node = make(p, IF, condition, parse_required_list(p));
    if (accept_word(p, "elif")) {
        node->third = parse_if(p);
        return node;  // the "fi" belongs to both
    }
    if (accept_word(p, "else")) node->third = parse_required_list(p);
    expect_word(p, "fi");
    return node;
}

static struct node *parse_do(struct parser *p) {
    expect_word(p, "do");
    struct node *body = parse_required_list(p);
    expect_word(p, "done");
    return body;
}

static struct node *parse_for(struct parser *p) {
    struct node *node = make(p, FOR, NULL, NULL);
    const struct token name = *peek_token(p);
    if (name.kind != WORD_TOKEN || name.plain == NULL || name_length(name.plain) != (int)strlen(name.plain)) {
        syntax_error(p, "Bad for loop variable");
    }
    take_token(p);
    node->text = (char *)name.plain;
    skip_line_ends(p);
    if (accept_word(p, "in")) {
        node->has_list = true;
        struct word **end = &node->words;
        while (next_is(p, WORD_TOKEN)) {
            *end = take_token(p).word;
            end = &(*end)->next;
        }
        if (!accept(p, SEMICOLON) && !accept(p, LINE_END)) unexpected(p, NULL);
    } else {
        accept(p, SEMICOLON);
    }
    skip_line_ends(p);
    node->first = parse_do(p);
    return node;
}

static struct case_item *parse_case_item(struct parser *p) {
    struct case_item *item = arena_get(p->arena, sizeof *item);
    struct word **end = &item->patterns;
    accept(p, OPEN);
    do {
        if (!next_is(p, WORD_TOKEN)) unexpected(p, NULL);
        *end = take_token(p).word;
        end = &(*end)->next;
    } while (accept(p, PIPE_TOKEN));
    if (!accept(p, CLOSE)) unexpected(p, NULL);
    item->body = parse_list(p);
    return item;
}

static struct node *parse_case(struct parser *p) {
    struct node *node = make(p, CASE, NULL, NULL);
    if (!next_is(p, WORD_TOKEN)) unexpected(p, NULL);
    node->words = take_token(p).word;
    skip_line_ends(p);
    expect_word(p, "in");
    skip_line_ends(p);
    struct case_item **end = &node->cases;
    while (!next_is_word(p, "esac")) {
        *end = parse_case_item(p);
        end = &(*end)->next;
        if (!accept(p, DOUBLE_SEMICOLON)) break;
        skip_line_ends(p);
    }
    expect_word(p, "esac");
    return node;
}

// NULL if no compound command begins here.
static struct node *parse_compound(struct parser *p) {
    struct node *node = NULL;
    if (accept(p, OPEN)) {
        node = make(p, SUBSHELL, parse_required_list(p), NULL);
        if (!accept(p, CLOSE)) unexpected(p, ")");
    } else if (accept_word(p, "{")) {
        node = make(p, GROUP, parse_required_list(p), NULL);
        expect_word(p, "}");
    } else if (accept_word(p, "if")) {
        node = parse_if(p);
    } else if (next_is_word(p, "while") || next_is_word(p, "until")) {
        const bool until = take_token(p).plain[0] == 'u';
        node = make(p, until ? UNTIL : WHILE, parse_required_list(p), NULL);
        node->second = parse_do(p);
    } else if (accept_word(p, "for")) {
        node = parse_for(p);
    } else if (accept_word(p, "case")) {
        node = parse_case(p);
    }
    if (node != NULL) {
        struct redirection **end = &node->redirections;
        while (parse_redirection(p, &end)) continue;
    }
    return node;
}

// ---- simple commands, functions

bool is_assignment(const struct word *word) {
    const struct part *part = word->parts;
    if (part == NULL || part->kind != PLAIN || part->quoted) return false;
    const int length = name_length(part->text);
    return length > 0 && part->text[length] == '=';
}

static bool is_reserved(struct parser *p) {
    static const char *const words[] = {"then", "else", "elif", "fi", "do", "done", "esac", "}", "in"};
    for (size_t i = 0; i < sizeof words / sizeof words[0] - 1; ++i) {
        if (next_is_word(p, words[i])) return true;
    }
    return false;
}

static struct node *parse_function(struct parser *p, const char *name) {
    if (name == NULL || name_length(name) != (int)strlen(name)) syntax_error(p, "Bad function name");
    take_token(p);  // the "("
    if (!accept(p, CLOSE)) unexpected(p, ")");
    skip_line_ends(p);
    struct node *body = parse_compound(p);
    if (body == NULL) unexpected(p, NULL);
    struct node *node = make(p, FUNCTION, body, NULL);
    node->text = (char *)name;
    return node;
}

static struct node *parse_simple(struct parser *p) {
    struct node *node = make(p, SIMPLE, NULL, NULL);
    struct redirection **redirections = &node->redirections;
    struct word **assignments = &node->assignments, **words = &node->words;
    for (;;) {
        if (next_is(p, WORD_TOKEN)) {
            if ((node->words == NULL || p->token.may_be_alias) && replace_alias(p)) continue;
            const struct token token = take_token(p);
            if (node->words == NULL && is_assignment(token.word)) {
                *assignments = token.word;
                assignments = &token.word->next;
                continue;
            }
            const bool first = node->words == NULL && node->assignments == NULL && node->redirections == NULL;
            *words = token.word;
            words = &token.word->next;
            if (first && next_is(p, OPEN)) return parse_function(p, token.plain);
        } else if (!parse_redirection(p, &redirections)) {
            break;
        }
    }
    const bool empty = node->words == NULL && node->assignments == NULL && node->redirections == NULL;
    if (empty) unexpected(p, NULL);
    return node;
}

static struct node *parse_command(struct parser *p) {
    replace_aliases(p);
    struct node *node = parse_compound(p);
    if (node != NULL) return node;
    if (is_reserved(p)) unexpected(p, NULL);
    return parse_simple(p);
}

// ---- lists

// What was written since `start` up to the next token, without the blanks at the end.
static char *written_since(struct parser *p, int start) {
    int length = peek_token(p)->start - start;
    const char *text = text_of(&p->written) + start;
    while (length > 0 && isspace((unsigned char)text[length - 1])) --length;
    return arena_string(p->arena, text, (size_t)length);
}

static struct node *parse_pipeline(struct parser *p) {
    if (accept_word(p, "!")) return make(p, NEGATION, parse_pipeline(p), NULL);
    const int start = peek_token(p)->start;
    struct node *first = parse_command(p);
    if (!next_is(p, PIPE_TOKEN)) {
        first->written = written_since(p, start);
        return first;
    }
    struct node *last = first;
    while (accept(p, PIPE_TOKEN)) {
        skip_line_ends(p);
        last->next = parse_command(p);
        last = last->next;
    }
    struct node *pipeline = make(p, PIPELINE, first, NULL);
    pipeline->written = written_since(p, start);
    return pipeline;
}

static struct node *parse_and_or(struct parser *p) {
    struct node *left = parse_pipeline(p);
    while (next_is(p, AND_TOKEN) || next_is(p, OR_TOKEN)) {
        const enum node_kind kind = take_token(p).kind == AND_TOKEN ? AND_THEN : OR_ELSE;
        skip_line_ends(p);
        left = make(p, kind, left, parse_pipeline(p));
    }
    return left;
}

static struct node *parse_item(struct parser *p) {
    const int start = peek_token(p)->start;
    struct node *item = parse_and_or(p);
    if (next_is(p, AMPERSAND)) {
        item = make(p, BACKGROUND, item, NULL);
        item->written = written_since(p, start);
    }
    return item;
}

static bool at_end_of_list(struct parser *p) {
    do {
        skip_line_ends(p);
    } while (replace_alias(p));
    const enum token_kind kind = peek_token(p)->kind;
    return kind == END_OF_INPUT || kind == CLOSE || kind == DOUBLE_SEMICOLON || is_reserved(p);
}

static struct node *parse_list(struct parser *p) {
    struct node *list = NULL;
    while (!at_end_of_list(p)) {
        struct node *item = parse_item(p);
        list = list != NULL ? make(p, SEQUENCE, list, item) : item;
        if (!accept(p, AMPERSAND) && !accept(p, SEMICOLON) && !next_is(p, LINE_END)) break;
    }
    return list;
}

struct node *parse_substitution(struct parser *p) {
    const struct token kept = p->token;
    const bool had_token = p->has_token;
    p->has_token = false;
    struct node *list = parse_list(p);
    if (!next_is(p, CLOSE)) unexpected(p, ")");
    take_token(p);
    p->token = kept;
    p->has_token = had_token;
    return list;
}

struct node *parse_text(struct parser *outer, const char *text) {
    struct source source = string_source(text);
    struct parser p = {.source = &source, .arena = outer->arena, .outer = outer, .failed = outer->failed};
    source.name = outer->source->name;
    source.line_number = outer->source->line_number;
    struct node *list = parse_list(&p);
    if (!next_is(&p, END_OF_INPUT)) unexpected(&p, NULL);
    return list;
}

static bool at_end_of_line(struct parser *p) {
    replace_aliases(p);
    return next_is(p, LINE_END) || next_is(p, END_OF_INPUT);
}

// A line: and_or { (";" | "&") and_or } newline.
static struct node *parse_line(struct parser *p) {
    struct node *line = NULL;
    while (!at_end_of_line(p)) {
        struct node *item = parse_item(p);
        line = line != NULL ? make(p, SEQUENCE, line, item) : item;
        if (!accept(p, AMPERSAND) && !accept(p, SEMICOLON)) break;
    }
    if (!next_is(p, LINE_END) && !next_is(p, END_OF_INPUT)) unexpected(p, NULL);
    return line;
}

// What is left of an alias of several lines belongs to the line in which it stands.
static struct node *parse_lines(struct parser *p) {
    struct node *lines = parse_line(p);
    while (p->pushed_count > 0 && accept(p, LINE_END)) {
        struct node *line = parse_line(p);
        lines = lines != NULL && line != NULL ? make(p, SEQUENCE, lines, line) : lines != NULL ? lines : line;
    }
    return lines;
}

enum parse_result parse(struct source *source, struct arena *arena, struct node **tree) {
    jmp_buf failed;
    const struct mark mark = mark_scratch();
    struct parser p = {.source = source, .arena = arena, .failed = &failed};
    *tree = NULL;
    source->continuing = false;
    source->interrupted = false;
    if (setjmp(failed) != 0) {
        release_scratch(mark);
        return SYNTAX_ERROR;
    }
    enum parse_result result = PARSED;
    if (next_is(&p, END_OF_INPUT)) {
        result = source->interrupted ? SYNTAX_ERROR : NOTHING_LEFT;
    } else {
        *tree = parse_lines(&p);
    }
    release_scratch(mark);
    return result;
}
