#pragma once
// Searching /etc/passwd and /etc/group, of which each line is an entry, in memory of the caller's.

#include <stdbool.h>
#include <stddef.h>

// Reads line after line into `text` until `fits` says that it is the one; that takes the line apart. 0: *found tells whether
// there was one; ERANGE: a line is longer than `size`; or why the file cannot be read.
int __find_line(const char *path, char *text, size_t size, bool (*fits)(char *line, void *wanted), void *wanted, bool *found);
