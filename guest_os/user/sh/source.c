#include "source.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "interactive.h"
#include "shell.h"

enum { BLOCK = 1024 };

struct source string_source(const char *text) {
    return (struct source){.line_number = 1, .text = text, .descriptor = -1};
}

struct source file_source(int descriptor, bool ours_alone) {
    return (struct source){.line_number = 1, .descriptor = descriptor, .ahead = ours_alone};
}

// Byte by byte if others read the same descriptor, so that a command finds what follows it.
static bool read_more(struct source *source) {
    if (source->line == NULL) source->line = must_have(malloc(BLOCK));
    ssize_t count;
    do {
        count = read(source->descriptor, source->line, source->ahead ? BLOCK : 1);
    } while (count < 0 && errno == EINTR);
    source->position = 0;
    source->filled = count > 0 ? (int)count : 0;
    return count > 0;
}

static bool ask_for_line(struct source *source) {
    free(source->line);
    source->line = read_command_line(source->continuing, &source->interrupted);
    source->position = 0;
    source->filled = 0;
    while (source->line != NULL && source->line[source->filled] != '\0') ++source->filled;
    return source->line != NULL;
}

int next_of(struct source *source) {
    if (source->text != NULL) return *source->text != '\0' ? (unsigned char)*source->text++ : NO_MORE;
    if (source->position == source->filled) {
        if (source->interactive ? !ask_for_line(source) : !read_more(source)) return NO_MORE;
    }
    const unsigned char c = (unsigned char)source->line[source->position++];
    if (shell.verbose && !source->interactive) write(STDERR_FILENO, &c, 1);
    return c;
}
