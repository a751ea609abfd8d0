// printf and its family: the same formats into a FILE, a descriptor, an array or fresh memory.

#include "file.h"
#include "format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct file_sink {
    struct text_sink sink;
    FILE *file;
};

static void write_to_file(struct text_sink *sink, const char *bytes, size_t count) {
    fwrite(bytes, 1, count, ((struct file_sink *)sink)->file);
}

// An unbuffered file (stderr) still gets its message in one write, so that two processes' lines do not mix.
int vfprintf(FILE *restrict file, const char *restrict format, va_list arguments) {
    HOLD(&file->lock);
    if (file->buffering == _IONBF && file->descriptor >= 0) {
        const int count = vdprintf(file->descriptor, format, arguments);
        if (count < 0) file->failed = true;
        return count;
    }
    struct file_sink out = {{write_to_file}, file};
    const bool had_failed = file->failed;
    file->failed = false;
    const int count = __format(&out.sink, format, arguments);
    const bool fails = file->failed;
    file->failed = fails || had_failed;
    return fails ? EOF : count;
}

struct array_sink {
    struct text_sink sink;
    char *text;
    size_t size, used;
};

static void write_to_array(struct text_sink *sink, const char *bytes, size_t count) {
    struct array_sink *out = (struct array_sink *)sink;
    const size_t room = out->size - out->used;
    if (count > room) count = room;
    memcpy(out->text + out->used, bytes, count);
    out->used += count;
}

int vsnprintf(char *restrict text, size_t size, const char *restrict format, va_list arguments) {
    struct array_sink out = {{write_to_array}, text, size > 0 ? size - 1 : 0, 0};
    const int count = __format(&out.sink, format, arguments);
    if (size > 0) text[out.used] = '\0';
    return count;
}

int vsprintf(char *restrict text, const char *restrict format, va_list arguments) {
    return vsnprintf(text, 0x7FFFFFFF, format, arguments);
}

int vasprintf(char **restrict text, const char *restrict format, va_list arguments) {
    const int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0) return -1;
    *text = malloc((size_t)length + 1);
    return *text == NULL ? -1 : vsprintf(*text, format, arguments);
}

struct descriptor_sink {
    struct text_sink sink;
    int descriptor;
    bool failed;
    size_t used;
    char bytes[256];
};

static void flush_descriptor(struct descriptor_sink *out) {
    for (size_t done = 0; done < out->used && !out->failed;) {
        const ssize_t count = write(out->descriptor, out->bytes + done, out->used - done);
        if (count < 0) out->failed = true;
        else done += (size_t)count;
    }
    out->used = 0;
}

static void write_to_descriptor(struct text_sink *sink, const char *bytes, size_t count) {
    struct descriptor_sink *out = (struct descriptor_sink *)sink;
    for (; count > 0; --count) {
        if (out->used == sizeof out->bytes) flush_descriptor(out);
        out->bytes[out->used++] = *bytes++;
    }
}

int vdprintf(int descriptor, const char *restrict format, va_list arguments) {
    struct descriptor_sink out = {.sink = {write_to_descriptor}, .descriptor = descriptor};
    const int count = __format(&out.sink, format, arguments);
    flush_descriptor(&out);
    return out.failed ? -1 : count;
}

int vprintf(const char *restrict format, va_list arguments) { return vfprintf(stdout, format, arguments); }

#define FORWARD(call)           \
    va_list arguments;          \
    va_start(arguments, format); \
    const int count = call;     \
    va_end(arguments);          \
    return count

int printf(const char *restrict format, ...) { FORWARD(vfprintf(stdout, format, arguments)); }
int fprintf(FILE *restrict file, const char *restrict format, ...) { FORWARD(vfprintf(file, format, arguments)); }
int dprintf(int descriptor, const char *restrict format, ...) { FORWARD(vdprintf(descriptor, format, arguments)); }
int sprintf(char *restrict text, const char *restrict format, ...) { FORWARD(vsprintf(text, format, arguments)); }
int snprintf(char *restrict text, size_t size, const char *restrict format, ...) {
    FORWARD(vsnprintf(text, size, format, arguments));
}
int asprintf(char **restrict text, const char *restrict format, ...) { FORWARD(vasprintf(text, format, arguments)); }
