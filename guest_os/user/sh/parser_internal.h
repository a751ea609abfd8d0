#pragma once
// Shared by the lexer and the parser, which call each other: a word may contain $(commands).

#include "parser.h"

#include <setjmp.h>

enum token_kind {
    WORD_TOKEN, LINE_END, END_OF_INPUT,
    AND_TOKEN, OR_TOKEN, SEMICOLON, DOUBLE_SEMICOLON, AMPERSAND, PIPE_TOKEN, OPEN, CLOSE,
    LESS, GREATER, DOUBLE_GREATER, LESS_GREATER, LESS_AMPERSAND, GREATER_AMPERSAND, CLOBBER,
    DOUBLE_LESS, DOUBLE_LESS_DASH,
};

struct token {
    enum token_kind kind;
    struct word *word;   // of a WORD_TOKEN
    const char *plain;   // its text if nothing in it is quoted or expanded, else NULL
    int descriptor;      // in front of a redirection: 2>; else -1
};

// A here-document whose text has not been read yet: it begins after the next line end.
struct pending_here {
    struct pending_here *next;
    struct redirection *redirection;
    const char *delimiter;
    bool quoted, strip_tabs;
};

struct parser {
    struct source *source;
    struct arena *arena;
    int pushed[3], pushed_count;  // characters given back
    bool has_token;
    struct token token;
    struct pending_here *pending;
    struct text written;  // what was read so far, for the text of jobs
    jmp_buf *failed;
};

const struct token *peek_token(struct parser *p);
struct token take_token(struct parser *p);
_Noreturn void syntax_error(struct parser *p, const char *what);
_Noreturn void unexpected(struct parser *p);

int take_char(struct parser *p);
void give_back(struct parser *p, int c);

struct word *read_word(struct parser *p, int first);
struct word *parse_here_text(struct parser *p, const char *text);

// "commands )", for a word that contains $(commands).
struct node *parse_substitution(struct parser *p);
// Text that came from elsewhere: `commands`.
struct node *parse_text(struct parser *p, const char *text);
