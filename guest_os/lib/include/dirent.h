#pragma once

#include <sys/types.h>

struct dirent {
    ino_t d_ino;
    char d_name[60];
};

typedef struct __directory DIR;

DIR *opendir(const char *path);
DIR *fdopendir(int descriptor);
int dirfd(DIR *directory);
struct dirent *readdir(DIR *directory);
void rewinddir(DIR *directory);
int closedir(DIR *directory);
int alphasort(const struct dirent **a, const struct dirent **b);
int scandir(const char *path, struct dirent ***entries, int (*wanted)(const struct dirent *entry),
            int (*compare)(const struct dirent **a, const struct dirent **b));
