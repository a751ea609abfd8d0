// Bytes and lines in and out of FILEs; opening and buffering are in file.c, formats in format.c.

#include "file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// ---- input

static bool refill(FILE *file) {
    if (!__start_reading(file)) return false;
    if (file == stdin && stdout->writing && stdout->buffering == _IOLBF) fflush(stdout);  // show the prompt first
    file->position = file->filled = 0;
    const ssize_t count = __read_bytes(file, file->buffer, file->buffering == _IONBF ? 1 : file->size);
    if (count > 0) file->filled = (size_t)count;
    if (count == 0) file->at_end = true;
    if (count < 0) file->failed = true;
    return count > 0;
}

int fgetc(FILE *file) {
    HOLD(&file->lock);
    if (file->pushed_back != EOF) {
        const int c = file->pushed_back;
        file->pushed_back = EOF;
        return c;
    }
    const bool waiting = file->reading && file->position < file->filled;
    if (!waiting && (file->at_end || !refill(file))) return EOF;
    return (unsigned char)file->buffer[file->position++];
}

int getc(FILE *file) { return fgetc(file); }
int getchar(void) { return fgetc(stdin); }
int getc_unlocked(FILE *file) { return fgetc(file); }
int getchar_unlocked(void) { return fgetc(stdin); }

int ungetc(int c, FILE *file) {
    HOLD(&file->lock);
    if (c == EOF || file->pushed_back != EOF) return EOF;
    if (file->reading && file->position > 0) file->buffer[--file->position] = (char)c;
    else file->pushed_back = (unsigned char)c;
    file->at_end = false;
    return (unsigned char)c;
}

char *fgets(char *restrict line, int size, FILE *restrict file) {
    HOLD(&file->lock);
    int length = 0;
    if (size == 1) *line = '\0';
    if (size <= 1) return size == 1 ? line : NULL;
    while (length < size - 1) {
        const int c = fgetc(file);
        if (c == EOF && !file->at_end) return NULL;
        if (c == EOF) break;
        line[length++] = (char)c;
        if (c == '\n') break;
    }
    if (length == 0) return NULL;
    line[length] = '\0';
    return line;
}

ssize_t getdelim(char **restrict line, size_t *restrict size, int delimiter, FILE *restrict file) {
    HOLD(&file->lock);
    if (*line == NULL) *size = 0;
    size_t length = 0;
    for (int c = 0; c != delimiter;) {
        c = fgetc(file);
        if (c == EOF && !file->at_end) return -1;
        if (c == EOF) break;
        if (length + 2 > *size) {
            const size_t larger = *size < 64 ? 64 : *size * 2;
            char *moved = realloc(*line, larger);
            if (moved == NULL) return -1;
            *line = moved;
            *size = larger;
        }
        (*line)[length++] = (char)c;
    }
    if (length == 0) return -1;
    (*line)[length] = '\0';
    return (ssize_t)length;
}

ssize_t getline(char **restrict line, size_t *restrict size, FILE *restrict file) {
    return getdelim(line, size, '\n', file);
}

size_t fread(void *restrict block, size_t size, size_t count, FILE *restrict file) {
    HOLD(&file->lock);
    char *out = block;
    const size_t wanted = size * count;
    size_t done = 0;
    while (done < wanted) {
        const int c = fgetc(file);
        if (c == EOF) break;
        out[done++] = (char)c;
        size_t ready = file->filled - file->position;
        if (ready > wanted - done) ready = wanted - done;
        memcpy(out + done, file->buffer + file->position, ready);
        file->position += ready;
        done += ready;
    }
    return size == 0 ? 0 : done / size;
}

// ---- output

static bool put_bytes(FILE *file, const char *bytes, size_t count) {
    if (!__start_writing(file)) return false;
    bool saw_line_end = false;
    while (count > 0) {
        size_t room = file->size - file->position;
        if (room == 0) {
            if (fflush(file) != 0) return false;
            room = file->size;
        }
        const size_t part = count < room ? count : room;
        memcpy(file->buffer + file->position, bytes, part);
        if (file->buffering == _IOLBF && memchr(bytes, '\n', part)) saw_line_end = true;
        file->position += part;
        bytes += part;
        count -= part;
    }
    return (file->buffering == _IONBF || saw_line_end) ? fflush(file) == 0 : true;
}

int fputc(int c, FILE *file) {
    HOLD(&file->lock);
    const char byte = (char)c;
    return put_bytes(file, &byte, 1) ? (unsigned char)c : EOF;
}

int putc(int c, FILE *file) { return fputc(c, file); }
int putchar(int c) { return fputc(c, stdout); }
int putc_unlocked(int c, FILE *file) { return fputc(c, file); }
int putchar_unlocked(int c) { return fputc(c, stdout); }

int fputs(const char *restrict text, FILE *restrict file) {
    HOLD(&file->lock);
    return put_bytes(file, text, strlen(text)) ? 0 : EOF;
}

int puts(const char *text) {
    HOLD(&stdout->lock);
    return fputs(text, stdout) == EOF || fputc('\n', stdout) == EOF ? EOF : 0;
}

size_t fwrite(const void *restrict block, size_t size, size_t count, FILE *restrict file) {
    HOLD(&file->lock);
    return put_bytes(file, block, size * count) ? count : 0;
}

// ---- names and errors

int remove(const char *path) {
    if (unlink(path) == 0) return 0;
    return errno == EISDIR || errno == EPERM ? rmdir(path) : -1;
}

void perror(const char *prefix) {
    const char *reason = strerror(errno);
    if (prefix != NULL && *prefix) {
        fprintf(stderr, "%s: %s\n", prefix, reason);
    } else {
        fprintf(stderr, "%s\n", reason);
    }
}
