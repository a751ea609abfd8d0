#pragma once

#include <stddef.h>

typedef struct {
    size_t gl_pathc;  // how many were found
    char **gl_pathv;  // those, and a null pointer; with GLOB_DOOFFS null pointers in front
    size_t gl_offs;   // how many of those
} glob_t;

#define GLOB_ERR 1       // a folder that cannot be read is an error
#define GLOB_MARK 2      // folders get a "/" at the end
#define GLOB_NOSORT 4
#define GLOB_DOOFFS 8
#define GLOB_NOCHECK 16  // if nothing fits, the pattern itself is the result
#define GLOB_APPEND 32   // add to what is there
#define GLOB_NOESCAPE 64  // a backslash is a character like others

#define GLOB_NOSPACE 1
#define GLOB_ABORTED 2
#define GLOB_NOMATCH 3

int glob(const char *__restrict pattern, int flags, int (*trouble)(const char *path, int error), glob_t *__restrict found);
void globfree(glob_t *found);
