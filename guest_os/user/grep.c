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

#include "common/pattern.h"

static bool count_only, ignore_case, numbers, quiet, others, plain;

static bool matches(const char *pattern, const char *text) {
    int length;
    return plain ? strstr(text, pattern) != NULL : find_pattern(pattern, text, &length) != NULL;
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
