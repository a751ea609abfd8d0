#pragma once
// What a script becomes before it runs: words made of parts, and commands made of words.

#include "memory.h"

struct node;

// The piece of a word between two changes of quoting or of kind.  a"b $c"`d`$((1+2)) has five parts.
enum part_kind {
    PLAIN,          // text
    PARAMETER,      // text is its name: x, 1, @, ?
    SUBSTITUTION,   // $(command) or `command`
    ARITHMETIC,     // $((operand))
};

struct part {
    struct part *next;
    enum part_kind kind;
    bool quoted;  // the result is neither split nor a pattern
    bool colon;   // ${x:-y}: an empty value counts as none
    // ${x-y} ${x=y} ${x?y} ${x+y}: that character. ${#x}: 'l'. ${x#y}: '#', ${x##y}: 'H', ${x%y}: '%', ${x%%y}: 'P'.
    char operation;
    char *text;
    struct word *operand;
    struct node *command;
};

struct word {
    struct word *next;
    struct part *parts;
};

enum redirection_kind {
    FROM_FILE,         // <
    TO_FILE,           // >
    OVER_FILE,         // >|
    TO_END,            // >>
    BOTH_WAYS,         // <>
    FROM_DESCRIPTOR,   // <&
    TO_DESCRIPTOR,     // >&
    FROM_HERE,         // << and <<-
};

struct redirection {
    struct redirection *next;
    enum redirection_kind kind;
    int descriptor;
    struct word *target;  // FROM_HERE: the text itself
};

struct case_item {
    struct case_item *next;
    struct word *patterns;
    struct node *body;  // NULL: nothing
};

enum node_kind {
    SIMPLE,      // assignments words redirections
    PIPELINE,    // first, then its `next`
    NEGATION,    // ! first
    AND_THEN,    // first && second
    OR_ELSE,     // first || second
    SEQUENCE,    // first; second
    BACKGROUND,  // first &
    SUBSHELL,    // ( first )
    GROUP,       // { first; }
    IF,          // if first; then second; else third; fi
    WHILE,       // while first; do second; done
    UNTIL,
    FOR,         // for text in words; do first; done
    CASE,        // case words in cases esac
    FUNCTION,    // text() first
};

struct node {
    enum node_kind kind;
    bool has_list;  // FOR: there was an "in"
    struct node *next;
    struct node *first, *second, *third;
    struct word *assignments, *words;
    struct redirection *redirections;  // of a SIMPLE or a compound command
    struct case_item *cases;
    char *text;     // FOR, FUNCTION: the name
    char *written;  // a pipeline or background list as it was typed, for `jobs`
};
