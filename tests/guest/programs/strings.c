// string.h and ctype.h.

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int sign(int value) { return (value > 0) - (value < 0); }

static void comparisons(void) {
    static const char *const words[] = {"", "a", "ab", "abc", "abd", "b", "ABC", "\xFF"};
    enum { COUNT = sizeof words / sizeof words[0] };
    for (int i = 0; i < COUNT; ++i) {
        for (int j = 0; j < COUNT; ++j) {
            printf("%2d%2d%2d ", sign(strcmp(words[i], words[j])), sign(strncmp(words[i], words[j], 2)),
                   sign(strcasecmp(words[i], words[j])));
        }
        putchar('\n');
    }
    printf("%d %d %d\n", sign(memcmp("abc", "abd", 2)), sign(memcmp("abc", "abd", 3)), sign(memcmp("b", "a", 1)));
}

static void show(const char *found, const char *in) {
    if (found == NULL) printf("none\n");
    else printf("%d \"%s\"\n", (int)(found - in), found);
}

static void searches(void) {
    const char *text = "the quick brown fox jumps over the lazy dog";
    show(strchr(text, 'q'), text);
    show(strchr(text, '\0'), text);
    show(strchr(text, '!'), text);
    show(strrchr(text, 'o'), text);
    show(strstr(text, "fox"), text);
    show(strstr(text, ""), text);
    show(strstr(text, "cat"), text);
    show(strpbrk(text, "xyz"), text);
    show(memchr(text, 'k', 10), text);
    printf("%d %d %d\n", (int)strspn("aabbc", "ab"), (int)strcspn("hello, world", ", "), (int)strlen(text));
}

static void copies(void) {
    char buffer[64];
    memset(buffer, '#', sizeof buffer);
    strncpy(buffer, "peach", 10);
    for (int i = 0; i < 12; ++i) printf("%02x ", (unsigned char)buffer[i]);
    putchar('\n');
    strcpy(buffer, "one");
    strcat(buffer, ",two");
    strncat(buffer, ",three,four", 6);
    puts(buffer);
    memmove(buffer + 2, buffer, 8);
    puts(buffer);
    memmove(buffer, buffer + 3, 8);
    puts(buffer);
    for (int shift = 0; shift < 8; ++shift) {
        char from[32], to[32];
        for (int i = 0; i < 32; ++i) from[i] = (char)('a' + i % 26), to[i] = '.';
        memcpy(to + shift, from + (shift * 3) % 5, 13);
        printf("%.32s\n", to);
    }
    char *copy = strdup("duplicate"), *part = strndup("duplicate", 3);
    printf("%s %s\n", copy, part);
    free(copy);
    free(part);
}

static void tokens(void) {
    char line[] = "  a,b;;c , d";
    for (char *token = strtok(line, " ,;"); token != NULL; token = strtok(NULL, " ,;")) printf("<%s>", token);
    char fields[] = "x:::y:z";
    char *rest = fields;
    for (char *field; (field = strsep(&rest, ":")) != NULL;) printf("[%s]", field);
    putchar('\n');
}

static void classes(void) {
    for (int c = 0; c < 128; ++c) {
        printf("%d%d%d%d%d%d%d%d%d%d%d %d %d\n", !!isalnum(c), !!isalpha(c), !!iscntrl(c), !!isdigit(c), !!isgraph(c),
               !!islower(c), !!isprint(c), !!ispunct(c), !!isspace(c), !!isupper(c), !!isxdigit(c), tolower(c),
               toupper(c));
    }
}

int main(void) {
    comparisons();
    searches();
    copies();
    tokens();
    classes();
    for (int e = 0; e < 41; ++e) {
        // Numbers that PeachOS does not use.
        if (e == 6 || e == 15 || e == 37) continue;
        puts(strerror(e));
    }
    return 0;
}
