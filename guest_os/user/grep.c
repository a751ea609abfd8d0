// grep [-cinqvF] pattern [file...]: prints the lines that match. In a pattern
//   .  any character      *  the one before, any number of times     ^  $  begin and end of the line
//   [a-z]  [^a-z]  one of, none of     \  takes the meaning away
// -F takes the pattern as it stands, -i ignores case, -v prints the other lines, -c counts, -n numbers, -q only tells.

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool count_only, ignore_case, numbers, quiet, others, plain;

// How long the pattern's first element is: "a", "\*", "[...]".
static int element_length(const char *pattern) {
    if (pattern[0] == '\\' && pattern[1] != '\0') return 2;
    if (pattern[0] == '[') {
        const char *end = pattern + 1 + (pattern[1] == '^');
        if (*end == ']') ++end;
        end = strchr(end, ']');
        if (end != NULL) return (int)(end - pattern) + 1;
    }
    return 1;
}

static bool in_set(const char *set, int length, char c) {
    const bool inverted = set[1] == '^';
    const char *const end = set + length - 1;
    for (const char *at = set + 1 + inverted; at < end; ++at) {
        char last = *at;
        const char first = *at;
        if (at + 2 < end && at[1] == '-') {
            last = at[2];
            at += 2;
        }
        if (first <= c && c <= last) return !inverted;
    }
    return inverted;
}

static bool element_matches(const char *pattern, int length, char c) {
    if (c == '\0') return false;
    if (length > 2 && pattern[0] == '[') return in_set(pattern, length, c);
    if (length == 2) return pattern[1] == c;
    return pattern[0] == '.' || pattern[0] == c;
}

// Does the text begin with something that the pattern describes?
static bool matches_here(const char *pattern, const char *text) {
    if (pattern[0] == '\0') return true;
    if (pattern[0] == '$' && pattern[1] == '\0') return text[0] == '\0';
    const int length = element_length(pattern);
    if (pattern[length] != '*') {
        return element_matches(pattern, length, text[0]) && matches_here(pattern + length, text + 1);
    }
    int repeated = 0;
    while (element_matches(pattern, length, text[repeated])) ++repeated;
    for (; repeated >= 0; --repeated) {
        if (matches_here(pattern + length + 1, text + repeated)) return true;
    }
    return false;
}

static bool matches(const char *pattern, const char *text) {
    if (plain) return strstr(text, pattern) != NULL;
    if (pattern[0] == '^') return matches_here(pattern + 1, text);
    do {
        if (matches_here(pattern, text)) return true;
    } while (*text++ != '\0');
    return false;
}

static void lower(char *text) {
    for (; *text; ++text) *text = (char)tolower((unsigned char)*text);
}

static int search(FILE *file, const char *pattern, const char *title) {
    char *line = NULL, *compared = NULL;
    size_t size = 0;
    int found = 0, number = 0;
    for (ssize_t length; (length = getline(&line, &size, file)) > 0;) {
        ++number;
        if (line[length - 1] == '\n') line[length - 1] = '\0';
        if (ignore_case) {
            free(compared);
            compared = strdup(line);
            lower(compared);
        }
        if (matches(pattern, ignore_case ? compared : line) == others) continue;
        ++found;
        if (count_only || quiet) continue;
        if (title != NULL) printf("%s:", title);
        if (numbers) printf("%d:", number);
        puts(line);
    }
    if (count_only && title != NULL) printf("%s:", title);
    if (count_only) printf("%d\n", found);
    free(line);
    free(compared);
    return found;
}

int main(int argc, char *argv[]) {
    for (int option; (option = getopt(argc, argv, "cinqvF")) != -1;) {
        switch (option) {
            case 'c': count_only = true; break;
            case 'i': ignore_case = true; break;
            case 'n': numbers = true; break;
            case 'q': quiet = true; break;
            case 'v': others = true; break;
            case 'F': plain = true; break;
            default: return 2;
        }
    }
    if (optind == argc) {
        fprintf(stderr, "usage: grep [-cinqvF] pattern [file...]\n");
        return 2;
    }
    char *pattern = argv[optind++];
    if (ignore_case) lower(pattern);
    if (optind == argc) return search(stdin, pattern, NULL) > 0 ? 0 : 1;
    const bool with_titles = argc - optind > 1;
    int found = 0, failed = 0;
    for (int i = optind; i < argc; ++i) {
        FILE *file = fopen(argv[i], "r");
        if (file == NULL) {
            fprintf(stderr, "grep: ");
            perror(argv[i]);
            failed = 1;
            continue;
        }
        found += search(file, pattern, with_titles ? argv[i] : NULL);
        fclose(file);
    }
    return failed ? 2 : found > 0 ? 0 : 1;
}
