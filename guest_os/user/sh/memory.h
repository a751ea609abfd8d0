#pragma once
// Where the shell's data lives.
//
// A tree lives in an arena, which is gone when nobody uses it any more: a line's tree when the line has run, a
// function's when the function is unset or defined anew.
// What a command needs while it runs (expanded words, file names) comes from the scratch memory, which grows like a
// stack: take a mark, use it, release everything since the mark.

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct arena *make_arena(void);  // with one user
void keep_arena(struct arena *arena);
void drop_arena(struct arena *arena);
void *arena_get(struct arena *arena, size_t size);  // zeroed
char *arena_string(struct arena *arena, const char *bytes, size_t length);

struct mark {
    void *chunk;
    size_t used;
};
struct mark mark_scratch(void);
void release_scratch(struct mark mark);
void *get(size_t size);  // from the scratch memory, zeroed
char *get_string(const char *text);

// malloc, realloc and strdup that never return NULL.
void *must_have(void *block);

// A string that grows, in scratch memory.
struct text {
    char *bytes;  // ends with NUL once something was appended
    int length, room;
};
void append(struct text *text, char c);
void append_string(struct text *text, const char *string);
const char *text_of(const struct text *text);  // "" if nothing was appended

// An array of strings that grows, in scratch memory, and ends with NULL.
struct words {
    char **items;
    int count, room;
};
void add_word(struct words *words, char *word);
