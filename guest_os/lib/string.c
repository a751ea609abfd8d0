#include <string.h>

#include <ctype.h>
#include <stdlib.h>

size_t strlen(const char *text) {
    const char *end = text;
    while (*end) ++end;
    return (size_t)(end - text);
}

size_t strnlen(const char *text, size_t limit) {
    size_t length = 0;
    while (length < limit && text[length]) ++length;
    return length;
}

char *stpcpy(char *restrict to, const char *restrict from) {
    while ((*to = *from)) ++to, ++from;
    return to;
}

char *strcpy(char *restrict to, const char *restrict from) {
    stpcpy(to, from);
    return to;
}

char *strncpy(char *restrict to, const char *restrict from, size_t count) {
    const size_t length = strnlen(from, count);
    memcpy(to, from, length);
    memset(to + length, 0, count - length);
    return to;
}

char *strcat(char *restrict to, const char *restrict from) {
    strcpy(to + strlen(to), from);
    return to;
}

char *strncat(char *restrict to, const char *restrict from, size_t count) {
    const size_t start = strlen(to), length = strnlen(from, count);
    memcpy(to + start, from, length);
    to[start + length] = '\0';
    return to;
}

size_t strlcpy(char *restrict to, const char *restrict from, size_t size) {
    const size_t length = strlen(from);
    if (size > 0) {
        const size_t kept = length < size ? length : size - 1;
        memcpy(to, from, kept);
        to[kept] = '\0';
    }
    return length;
}

size_t strlcat(char *restrict to, const char *restrict from, size_t size) {
    const size_t start = strnlen(to, size);
    return start + strlcpy(to + start, from, size - start);
}

int strcmp(const char *a, const char *b) {
    while (*a && *a == *b) ++a, ++b;
    return (unsigned char)*a - (unsigned char)*b;
}

int strncmp(const char *a, const char *b, size_t count) {
    if (count == 0) return 0;
    while (--count > 0 && *a && *a == *b) ++a, ++b;
    return (unsigned char)*a - (unsigned char)*b;
}

int strcoll(const char *a, const char *b) { return strcmp(a, b); }

int strcasecmp(const char *a, const char *b) { return strncasecmp(a, b, (size_t)-1); }

int strncasecmp(const char *a, const char *b, size_t count) {
    if (count == 0) return 0;
    while (--count > 0 && *a && tolower((unsigned char)*a) == tolower((unsigned char)*b)) ++a, ++b;
    return tolower((unsigned char)*a) - tolower((unsigned char)*b);
}

char *strchrnul(const char *text, int c) {
    while (*text && *text != (char)c) ++text;
    return (char *)text;
}

char *strchr(const char *text, int c) {
    char *found = strchrnul(text, c);
    return *found == (char)c ? found : NULL;
}

char *strrchr(const char *text, int c) { return memrchr(text, c, strlen(text) + 1); }

char *strstr(const char *text, const char *wanted) { return memmem(text, strlen(text), wanted, strlen(wanted)); }

size_t strspn(const char *text, const char *accepted) {
    size_t length = 0;
    while (text[length] && strchr(accepted, text[length])) ++length;
    return length;
}

size_t strcspn(const char *text, const char *rejected) {
    size_t length = 0;
    while (text[length] && !strchr(rejected, text[length])) ++length;
    return length;
}

char *strpbrk(const char *text, const char *wanted) {
    text += strcspn(text, wanted);
    return *text ? (char *)text : NULL;
}

char *strtok_r(char *restrict text, const char *restrict separators, char **restrict rest) {
    if (text == NULL) text = *rest;
    text += strspn(text, separators);
    char *end = text + strcspn(text, separators);
    *rest = *end ? end + 1 : end;
    if (end == text) return NULL;
    *end = '\0';
    return text;
}

char *strtok(char *restrict text, const char *restrict separators) {
    static char *rest;
    return strtok_r(text, separators, &rest);
}

char *strsep(char **rest, const char *separators) {
    char *token = *rest;
    if (token == NULL) return NULL;
    char *end = token + strcspn(token, separators);
    *rest = *end ? end + 1 : NULL;
    *end = '\0';
    return token;
}

char *strndup(const char *text, size_t limit) {
    const size_t length = strnlen(text, limit);
    char *copy = malloc(length + 1);
    if (copy == NULL) return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *strdup(const char *text) { return strndup(text, (size_t)-1); }
