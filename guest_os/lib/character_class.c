#include "character_class.h"

#include <ctype.h>
#include <string.h>

static const struct {
    const char *name;
    int (*belongs)(int c);
} classes[] = {{"alnum", isalnum}, {"alpha", isalpha}, {"blank", isblank}, {"cntrl", iscntrl},
               {"digit", isdigit}, {"graph", isgraph}, {"lower", islower}, {"print", isprint},
               {"punct", ispunct}, {"space", isspace}, {"upper", isupper}, {"xdigit", isxdigit}};

int (*__character_class(const char *name, size_t length))(int c) {
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; ++i) {
        if (strlen(classes[i].name) == length && strncmp(classes[i].name, name, length) == 0) return classes[i].belongs;
    }
    return NULL;
}
