// Characters of several bytes: there are none, each byte is one.

#include <errno.h>
#include <stdlib.h>

int mblen(const char *text, size_t size) { return mbtowc(NULL, text, size); }

int mbtowc(wchar_t *restrict wide, const char *restrict text, size_t size) {
    if (text == NULL) return 0;
    if (size == 0) return -1;
    if (wide != NULL) *wide = (unsigned char)*text;
    return *text != '\0';
}

int wctomb(char *text, wchar_t wide) {
    if (text == NULL) return 0;
    if (wide < 0 || wide > 255) {
        errno = EILSEQ;
        return -1;
    }
    *text = (char)wide;
    return 1;
}

size_t mbstowcs(wchar_t *restrict wide, const char *restrict text, size_t count) {
    size_t length = 0;
    for (; wide == NULL || length < count; ++length) {
        if (wide != NULL) wide[length] = (unsigned char)text[length];
        if (text[length] == '\0') break;
    }
    return length;
}

size_t wcstombs(char *restrict text, const wchar_t *restrict wide, size_t size) {
    size_t length = 0;
    for (; text == NULL || length < size; ++length) {
        char byte;
        if (wctomb(&byte, wide[length]) < 0) return (size_t)-1;
        if (text != NULL) text[length] = byte;
        if (byte == '\0') break;
    }
    return length;
}
