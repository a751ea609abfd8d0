#pragma once
// The part that printf and its whole family share.

#include <stdarg.h>
#include <stddef.h>

// Where formatted text goes, a piece at a time.
struct text_sink {
    void (*write)(struct text_sink *sink, const char *bytes, size_t count);
};

// Formats into the sink and returns the number of bytes; -1 if an argument's number is too large.
int __format(struct text_sink *sink, const char *format, va_list arguments);
