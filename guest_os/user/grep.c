// grep [-EFchilnoqrsvwx] [-e pattern]... [pattern] [file...]: prints the lines that match; regex.h says what a pattern
// is. -E: an extended one; -F: it is taken as it stands. -e: one of several, -i: without regard to case, -w: as a word,
// -x: as a whole line, -v: the other lines. -o prints only what matches, -c counts, -l names files, -n numbers lines, -q only
// tells, -h leaves out names of files, -s says nothing of missing ones; -r searches folders.

#include <ctype.h>
#include <regex.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/files.h"
#include "common/lines.h"

static bool count_only, names_only, numbers, no_titles, parts_only, quiet, recursive, silent, others, words, whole;
static bool titles, found_any;

static regex_t *patterns;
static int pattern_count;

struct match {
    const char *start;
    int length;
};

static bool is_word_character(char c) { return isalnum((unsigned char)c) || c == '_'; }

static bool is_wanted(const char *line, const struct match *match) {
    const char *end = match->start + match->length;
    if (whole) return match->start == line && *end == '\0';
    return !words || ((match->start == line || !is_word_character(match->start[-1])) && !is_word_character(*end));
}

// The first match from `from` on of any of the patterns, and of those that begin there the longest.
static bool find_match(const char *line, const char *from, struct match *match) {
    match->start = NULL;
    for (int i = 0; i < pattern_count; ++i) {
        regmatch_t found;
        const int result = regexec(&patterns[i], from, 1, &found, from == line ? 0 : REG_NOTBOL);
        if (result == REG_ESPACE) {
            fprintf(stderr, "grep: out of memory\n");
            exit(2);
        }
        if (result != 0) continue;
        const struct match other = {from + found.rm_so, found.rm_eo - found.rm_so};
        const bool is_first = match->start == NULL || other.start < match->start;
        if (is_first || (other.start == match->start && other.length > match->length)) *match = other;
    }
    return match->start != NULL;
}

static bool find_wanted(const char *line, const char *from, struct match *match) {
    while (find_match(line, from, match)) {
        if (is_wanted(line, match)) return true;
        if (whole || *match->start == '\0') return false;
        from = match->start + 1;
    }
    return false;
}

static void print_title(const char *title, int number) {
    if (titles) printf("%s:", title);
    if (numbers && number > 0) printf("%d:", number);
}

static void print_parts(const char *title, int number, const char *line) {
    struct match match;
    for (const char *from = line; find_wanted(line, from, &match);) {
        if (match.length > 0) {
            print_title(title, number);
            printf("%.*s\n", match.length, match.start);
        } else if (*match.start == '\0') {
            break;
        }
        from = match.start + (match.length > 0 ? match.length : 1);
    }
}

static int search(FILE *file, const char *name) {
    const char *title = strcmp(name, "-") == 0 ? "(standard input)" : name;
    int found = 0, number = 0;
    for (char *line; (line = next_line(file)) != NULL;) {
        struct match match;
        ++number;
        if (find_wanted(line, line, &match) == others) continue;
        ++found;
        if (quiet || names_only) break;
        if (count_only) continue;
        if (parts_only && !others) print_parts(title, number, line);
        if (parts_only) continue;
        print_title(title, number);
        puts(line);
    }
    found_any = found_any || found > 0;
    if (names_only && found > 0 && !quiet) puts(title);
    if (count_only && !names_only && !quiet) print_title(title, 0), printf("%d\n", found);
    return 0;
}

static int search_path(const char *path) {
    char *name[] = {(char *)path};
    if (recursive && is_folder(path)) return for_each_entry(path, search_path);
    if (silent && access(path, R_OK) < 0) return 1;
    return for_each_file("grep", name, 1, search);
}

// Text as a pattern that matches nothing else.
static char *literal(const char *text) {
    char *pattern = malloc(2 * strlen(text) + 1), *end = pattern;
    if (pattern == NULL) return NULL;
    for (; *text != '\0'; ++text) {
        if (strchr("\\.[]*^$", *text) != NULL) *end++ = '\\';
        *end++ = *text;
    }
    *end = '\0';
    return pattern;
}

static void add_pattern(const char *text, int flags, bool literally) {
    regex_t *more = realloc(patterns, (size_t)(pattern_count + 1) * sizeof *more);
    char *pattern = literally ? literal(text) : strdup(text);
    if (more == NULL || pattern == NULL) exit(2);
    patterns = more;
    const int error = regcomp(&patterns[pattern_count++], pattern, flags);
    free(pattern);
    if (error == 0) return;
    char why[64];
    regerror(error, NULL, why, sizeof why);
    fprintf(stderr, "grep: invalid pattern '%s': %s\n", text, why);
    exit(2);
}

// Each line is a pattern.
static void add_patterns(char *lines, int flags, bool literally) {
    for (char *line; (line = strsep(&lines, "\n")) != NULL;) add_pattern(line, flags, literally);
}

// What was given, and another line.
static char *with_line(char *lines, const char *another) {
    char *both;
    if (asprintf(&both, "%s%s%s", lines != NULL ? lines : "", lines != NULL ? "\n" : "", another) < 0) exit(2);
    free(lines);
    return both;
}

static int usage(void) {
    fprintf(stderr, "usage: grep [-EFchilnoqrsvwx] [-e pattern]... [pattern] [file...]\n");
    return 2;
}

int main(int argc, char *argv[]) {
    char *lines = NULL;
    int flags = 0;
    bool literally = false;
    for (int option; (option = getopt(argc, argv, "EFGce:hilnoqrRsvwx")) != -1;) {
        switch (option) {
            case 'E': flags |= REG_EXTENDED, literally = false; break;
            case 'F': flags &= ~REG_EXTENDED, literally = true; break;
            case 'G': flags &= ~REG_EXTENDED, literally = false; break;
            case 'c': count_only = true; break;
            case 'e': lines = with_line(lines, optarg); break;
            case 'h': no_titles = true; break;
            case 'i': flags |= REG_ICASE; break;
            case 'l': names_only = true; break;
            case 'n': numbers = true; break;
            case 'o': parts_only = true; break;
            case 'q': quiet = true; break;
            case 'r':
            case 'R': recursive = true; break;
            case 's': silent = true; break;
            case 'v': others = true; break;
            case 'w': words = true; break;
            case 'x': whole = true; break;
            default: return usage();
        }
    }
    if (lines == NULL && optind == argc) return usage();
    if (lines == NULL) lines = argv[optind++];
    add_patterns(lines, flags, literally);
    titles = !no_titles && (argc - optind > 1 || (recursive && optind < argc));
    int failed = 0;
    if (optind == argc) failed = search(stdin, "-");
    for (int i = optind; i < argc; ++i) failed |= search_path(argv[i]);
    if (quiet && found_any) return 0;
    return failed ? 2 : found_any ? 0 : 1;
}
