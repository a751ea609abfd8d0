// FILEs whose bytes are in memory.

#include "file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct memory {
    char *bytes;
    size_t room, length, position;
    bool owns, appends;
    char **text;  // open_memstream: where its user sees what there is
    size_t *size;
};

static ssize_t read_memory(void *stream, char *bytes, size_t count) {
    struct memory *m = stream;
    const size_t left = m->position < m->length ? m->length - m->position : 0;
    if (count > left) count = left;
    memcpy(bytes, m->bytes + m->position, count);
    m->position += count;
    return (ssize_t)count;
}

static void show(struct memory *m) {
    *m->text = m->bytes;
    *m->size = m->position < m->length ? m->position : m->length;
}

// Room for one byte more, which is 0.
static bool grow(struct memory *m, size_t needed) {
    if (needed < m->room) return true;
    const size_t room = needed < 2 * m->room ? 2 * m->room : needed + 1;
    char *moved = realloc(m->bytes, room);
    if (moved == NULL) return false;
    memset(moved + m->room, 0, room - m->room);
    m->bytes = moved;
    m->room = room;
    return true;
}

static void copy_in(struct memory *m, const char *bytes, size_t count) {
    memcpy(m->bytes + m->position, bytes, count);
    m->position += count;
    if (m->position <= m->length) return;
    m->length = m->position;
    if (m->length < m->room) m->bytes[m->length] = '\0';
}

static ssize_t write_growing(void *stream, const char *bytes, size_t count) {
    struct memory *m = stream;
    if (!grow(m, m->position + count)) return -1;
    copy_in(m, bytes, count);
    show(m);
    return (ssize_t)count;
}

static ssize_t write_array(void *stream, const char *bytes, size_t count) {
    struct memory *m = stream;
    if (m->appends) m->position = m->length;
    const size_t room = m->position < m->room ? m->room - m->position : 0;
    if (count > room) count = room;
    if (count == 0) {
        errno = ENOSPC;
        return -1;
    }
    copy_in(m, bytes, count);
    return (ssize_t)count;
}

static off_t seek_memory(void *stream, off_t offset, int whence) {
    struct memory *m = stream;
    const off_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (off_t)m->position : (off_t)m->length;
    if (from + offset < 0 || (m->text == NULL && (size_t)(from + offset) > m->room)) {
        errno = EINVAL;
        return -1;
    }
    m->position = (size_t)(from + offset);
    if (m->text != NULL) show(m);
    return from + offset;
}

static int close_memory(void *stream) {
    struct memory *m = stream;
    if (m->owns) free(m->bytes);
    free(m);
    return 0;
}

static const struct __stream_calls growing_calls = {read_memory, write_growing, seek_memory, close_memory};
static const struct __stream_calls array_calls = {read_memory, write_array, seek_memory, close_memory};

static FILE *open_memory(const struct memory *contents, const struct __stream_calls *calls, const char *mode) {
    struct memory *m = malloc(sizeof *m);
    FILE *file = m != NULL && contents->bytes != NULL ? __new_file(mode) : NULL;
    if (file == NULL) {
        free(m);
        return NULL;
    }
    *m = *contents;
    file->calls = calls;
    file->stream = m;
    return file;
}

FILE *open_memstream(char **text, size_t *size) {
    enum { FIRST_ROOM = 64 };
    const struct memory m = {.bytes = calloc(1, FIRST_ROOM), .room = FIRST_ROOM, .text = text, .size = size};
    FILE *file = open_memory(&m, &growing_calls, "w");
    if (file == NULL) {
        free(m.bytes);
        return NULL;
    }
    *text = m.bytes;
    *size = 0;
    return file;
}

FILE *fmemopen(void *restrict array, size_t size, const char *restrict mode) {
    struct memory m = {.bytes = array != NULL ? array : calloc(1, size + 1), .room = size, .owns = array == NULL};
    if (m.bytes == NULL) return NULL;
    if (mode[0] == 'w' && size > 0) m.bytes[0] = '\0';
    if (mode[0] == 'r') m.length = size;
    if (mode[0] == 'a') m.length = m.position = strnlen(m.bytes, size);
    m.appends = mode[0] == 'a';
    FILE *file = open_memory(&m, &array_calls, mode);
    if (file == NULL && m.owns) free(m.bytes);
    return file;
}
