#pragma once

#include <string.h>

void bzero(void *block, size_t count);
void bcopy(const void *from, void *to, size_t count);
int bcmp(const void *a, const void *b, size_t count);
char *index(const char *text, int c);
char *rindex(const char *text, int c);
int ffs(int word);
