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
    int start;           // in what was written
    bool may_be_alias;   // it follows an alias that ends with a blank
};

// An alias whose text is being read: it is not replaced in there again.
struct alias_use {
    struct alias_use *outer;
    const char *name;
    int below;  // as many characters are given back when its text has been read
    bool ends_with_blank;
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
    const struct parser *outer;              // of `commands` in a word
    int *pushed, pushed_count, pushed_room;  // characters given back
    struct alias_use *uses;                  // the innermost first
    bool has_token;
    struct token token;
    struct pending_here *pending;
    struct text written;  // what was read so far, for the text of jobs
    jmp_buf *failed;
};

const struct token *peek_token(struct parser *p);
struct token take_token(struct parser *p);
_Noreturn void syntax_error(struct parser *p, const char *what);
_Noreturn void unexpected(struct parser *p, const char *expected);  // NULL: this or that

int take_char(struct parser *p);
void give_back(struct parser *p, int c);
void read_instead(struct parser *p, const char *alias, const char *text);  // of the token that was peeked at

struct word *read_word(struct parser *p, int first);
struct word *parse_here_text(struct parser *p, const char *text);

// "commands )", for a word that contains $(commands).
struct node *parse_substitution(struct parser *p);
// Text that came from elsewhere: `commands`.
struct node *parse_text(struct parser *p, const char *text);
