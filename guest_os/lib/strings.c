// Text functions beyond the standard's, as BSD and GNU have them.

#include <ctype.h>
#include <string.h>
#include <strings.h>

void bzero(void *block, size_t count) { memset(block, 0, count); }
void bcopy(const void *from, void *to, size_t count) { memmove(to, from, count); }
int bcmp(const void *a, const void *b, size_t count) { return memcmp(a, b, count); }
char *index(const char *text, int c) { return strchr(text, c); }
char *rindex(const char *text, int c) { return strrchr(text, c); }

// The lowest bit that is set, counted from 1; 0: none.
int ffs(int word) {
    for (int bit = 0; bit < 32; ++bit) {
        if ((unsigned)word >> bit & 1) return bit + 1;
    }
    return 0;
}

void *mempcpy(void *restrict to, const void *restrict from, size_t count) { return (char *)memcpy(to, from, count) + count; }

void *memccpy(void *restrict to, const void *restrict from, int last, size_t count) {
    const char *end = memchr(from, last, count);
    if (end == NULL) {
        memcpy(to, from, count);
        return NULL;
    }
    return mempcpy(to, from, (size_t)(end + 1 - (const char *)from));
}

char *stpncpy(char *restrict to, const char *restrict from, size_t count) {
    const size_t length = strnlen(from, count);
    memcpy(to, from, length);
    memset(to + length, 0, count - length);
    return to + length;
}

char *strcasestr(const char *text, const char *wanted) {
    const size_t length = strlen(wanted);
    for (;; ++text) {
        if (strncasecmp(text, wanted, length) == 0) return (char *)text;
        if (*text == '\0') return NULL;
    }
}

size_t strxfrm(char *restrict to, const char *restrict from, size_t size) { return strlcpy(to, from, size); }
