#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct chunk {
    struct chunk *older;
    size_t size, used;
    max_align_t bytes[];
};

struct arena {
    struct chunk *newest;
    int users;
};

enum { CHUNK_SIZE = 2000 };

static struct arena scratch = {.users = 1};

void *must_have(void *block) {
    if (block != NULL) return block;
    fputs("sh: out of memory\n", stderr);
    exit(2);
}

struct arena *make_arena(void) {
    struct arena *arena = must_have(calloc(1, sizeof *arena));
    arena->users = 1;
    return arena;
}

void keep_arena(struct arena *arena) { ++arena->users; }

static void free_until(struct arena *arena, const struct chunk *last) {
    while (arena->newest != last) {
        struct chunk *older = arena->newest->older;
        free(arena->newest);
        arena->newest = older;
    }
}

void drop_arena(struct arena *arena) {
    if (arena == NULL || --arena->users > 0) return;
    free_until(arena, NULL);
    free(arena);
}

void *arena_get(struct arena *arena, size_t size) {
    size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    struct chunk *chunk = arena->newest;
    if (chunk == NULL || chunk->size - chunk->used < size) {
        const size_t room = size > CHUNK_SIZE ? size : CHUNK_SIZE;
        chunk = must_have(malloc(sizeof *chunk + room));
        *chunk = (struct chunk){.older = arena->newest, .size = room};
        arena->newest = chunk;
    }
    void *block = (char *)chunk->bytes + chunk->used;
    chunk->used += size;
    return memset(block, 0, size);
}

char *arena_string(struct arena *arena, const char *bytes, size_t length) {
    char *copy = arena_get(arena, length + 1);
    if (length > 0) memcpy(copy, bytes, length);
    return copy;
}

struct mark mark_scratch(void) {
    return (struct mark){scratch.newest, scratch.newest != NULL ? scratch.newest->used : 0};
}

void release_scratch(struct mark mark) {
    free_until(&scratch, mark.chunk);
    if (scratch.newest != NULL) scratch.newest->used = mark.used;
}

void *get(size_t size) { return arena_get(&scratch, size); }
char *get_string(const char *text) { return arena_string(&scratch, text, strlen(text)); }

void append(struct text *text, char c) {
    if (text->length + 1 >= text->room) {
        const int room = text->room == 0 ? 32 : text->room * 2;
        char *larger = get((size_t)room);
        if (text->length > 0) memcpy(larger, text->bytes, (size_t)text->length);
        text->bytes = larger;
        text->room = room;
    }
    text->bytes[text->length++] = c;
    text->bytes[text->length] = '\0';
}

void append_string(struct text *text, const char *string) {
    while (*string) append(text, *string++);
}

const char *text_of(const struct text *text) { return text->bytes != NULL ? text->bytes : ""; }

void add_word(struct words *words, char *word) {
    if (words->count + 1 >= words->room) {
        const int room = words->room == 0 ? 8 : words->room * 2;
        char **larger = get((size_t)room * sizeof *larger);
        if (words->count > 0) memcpy(larger, words->items, (size_t)words->count * sizeof *larger);
        words->items = larger;
        words->room = room;
    }
    words->items[words->count++] = word;
    words->items[words->count] = NULL;
}
