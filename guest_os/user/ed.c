// ed [-s] [file]: the line editor; -s does not say how many bytes it reads and writes. A command is
// [address[,address]] letter [text]:
//   p print   n print with numbers   a append   i insert   c change   d delete   s/pattern/text/[g] substitute
//   r file read   w [file] write   q quit   Q quit without asking   = line number   j join   m address move   t copy
// An address is a number, . (the current line), $ (the last), +n -n, /pattern/, ?pattern?, "," alone means all lines.
// a, i and c take lines up to one that is a single dot. "?" is all it says about a mistake; h explains the last one.

#include <ctype.h>
#include <regex.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/lines.h"

static char **lines;  // line 1 is lines[0]
static int count, room, current;
static bool changed, warned, says_sizes;
static char file_name[256];
static const char *problem = "";

struct command {
    const char *at;
    int first, last;
    int addresses;  // how many were given
};

static bool wrong(const char *why) {
    problem = why;
    return false;
}

static bool insert_line(int before, const char *text) {
    if (count == room) {
        char **larger = realloc(lines, (size_t)(room * 2 + 64) * sizeof *lines);
        if (larger == NULL) return wrong("out of memory");
        lines = larger;
        room = room * 2 + 64;
    }
    memmove(lines + before + 1, lines + before, (size_t)(count - before) * sizeof *lines);
    lines[before] = strdup(text);
    ++count;
    changed = true;
    return lines[before] != NULL;
}

static void delete_lines(int first, int last) {
    for (int i = first; i <= last; ++i) free(lines[i - 1]);
    memmove(lines + first - 1, lines + last, (size_t)(count - last) * sizeof *lines);
    count -= last - first + 1;
    current = first <= count ? first : count;
    changed = true;
}

// Lines from the terminal up to a single dot.
static bool read_text(int after) {
    for (char *line; (line = next_line(stdin)) != NULL && strcmp(line, ".") != 0; ++after) {
        if (!insert_line(after, line)) return false;
    }
    current = after;
    return true;
}

static bool read_file(const char *name, int after) {
    FILE *file = fopen(name, "r");
    if (file == NULL) return wrong("cannot open the file");
    unsigned bytes = 0;
    for (char *line; (line = next_line(file)) != NULL; ++after) {
        bytes += (unsigned)strlen(line) + 1;
        if (!insert_line(after, line)) break;
    }
    fclose(file);
    current = after;
    if (says_sizes) printf("%u\n", bytes);
    return true;
}

static bool write_file(const char *name, int first, int last) {
    FILE *file = fopen(name, "w");
    if (file == NULL) return wrong("cannot open the file");
    unsigned bytes = 0;
    for (int i = first; i <= last && i > 0; ++i) bytes += (unsigned)fprintf(file, "%s\n", lines[i - 1]);
    if (fclose(file) != 0) return wrong("cannot write the file");
    if (says_sizes) printf("%u\n", bytes);
    changed = false;
    return true;
}

// Text up to the delimiter, which is passed; a backslash keeps its meaning for the pattern.
static const char *take_until(const char *at, char delimiter, char text[256]) {
    int length = 0;
    for (; *at && *at != delimiter; ++at) {
        if (*at == '\\' && at[1] == delimiter) ++at;
        else if (*at == '\\' && at[1] != '\0' && length < 254) text[length++] = *at++;
        if (length < 255) text[length++] = *at;
    }
    text[length] = '\0';
    return *at ? at + 1 : at;
}

static int search(const char *pattern, int step) {
    regex_t regex;
    if (regcomp(&regex, pattern, REG_NOSUB) != 0) return -1;
    int found = -1;
    for (int i = 1, line = current; found < 0 && i <= count; ++i) {
        line += step;
        if (line > count) line = 1;
        if (line < 1) line = count;
        if (regexec(&regex, lines[line - 1], 0, NULL, 0) == 0) found = line;
    }
    regfree(&regex);
    return found;
}

// One address; *found tells whether there was one. -1: it names no line.
static int read_address(struct command *c, bool *found) {
    int line = current;
    *found = true;
    if (isdigit((unsigned char)*c->at)) line = (int)strtol(c->at, (char **)&c->at, 10);
    else if (*c->at == '.') ++c->at;
    else if (*c->at == '$') line = count, ++c->at;
    else if (*c->at == '/' || *c->at == '?') {
        static char pattern[256];
        const char delimiter = *c->at;
        c->at = take_until(c->at + 1, delimiter, pattern);
        line = search(pattern, delimiter == '/' ? 1 : -1);
        if (line < 0) return -1;
    } else if (*c->at != '+' && *c->at != '-') *found = false;
    while (*c->at == '+' || *c->at == '-') {
        const int sign = *c->at++ == '+' ? 1 : -1;
        line += sign * (isdigit((unsigned char)*c->at) ? (int)strtol(c->at, (char **)&c->at, 10) : 1);
    }
    return line;
}

static bool read_addresses(struct command *c) {
    bool found;
    const int first = read_address(c, &found);
    c->first = c->last = first;
    c->addresses = found;
    if (*c->at == ',' || *c->at == ';') {
        ++c->at;
        if (!found) c->first = 1;
        const int last = read_address(c, &found);
        c->last = found ? last : count;
        c->addresses = 2;
    }
    if (c->first < 0 || c->last > count || c->first > c->last) return wrong("invalid address");
    return true;
}

static void print(int first, int last, bool numbers) {
    for (int i = first; i <= last; ++i) {
        if (numbers) printf("%d\t", i);
        puts(lines[i - 1]);
    }
    current = last;
}

enum { LONGEST_LINE = 1024, MOST_GROUPS = 10 };

// A line that grows; `failed` if it grows too long.
struct growing {
    char text[LONGEST_LINE];
    size_t length;
    bool failed;
};

static void append(struct growing *line, const char *text, size_t length) {
    line->failed = line->failed || line->length + length >= LONGEST_LINE;
    if (line->failed) return;
    memcpy(line->text + line->length, text, length);
    line->length += length;
    line->text[line->length] = '\0';
}

// In the replacement, & is the match, and \1 to \9 what the groups have matched.
static void append_replacement(struct growing *line, const char *replacement, const char *from, const regmatch_t *matches) {
    for (const char *r = replacement; *r; ++r) {
        const bool is_escaped = *r == '\\' && r[1] != '\0';
        if (is_escaped) ++r;
        const int group = !is_escaped && *r == '&' ? 0 : is_escaped && isdigit((unsigned char)*r) ? *r - '0' : -1;
        if (group < 0) append(line, r, 1);
        else if (matches[group].rm_so >= 0) {
            append(line, from + matches[group].rm_so, (size_t)(matches[group].rm_eo - matches[group].rm_so));
        }
    }
}

// The line with the first match replaced, or with all. False: there is none.
static bool replace(const regex_t *regex, const char *replacement, bool all, const char *text, struct growing *result) {
    regmatch_t matches[MOST_GROUPS];
    const char *at = text;
    *result = (struct growing){.length = 0};
    bool found = false;
    while ((all || !found) && regexec(regex, at, MOST_GROUPS, matches, at == text ? 0 : REG_NOTBOL) == 0) {
        found = true;
        append(result, at, (size_t)matches[0].rm_so);
        append_replacement(result, replacement, at, matches);
        at += matches[0].rm_eo;
        if (matches[0].rm_eo > matches[0].rm_so) continue;
        if (*at == '\0') break;
        append(result, at++, 1);  // behind a match of nothing
    }
    append(result, at, strlen(at));
    return found;
}

static bool substitute_lines(const struct command *c, const regex_t *regex, const char *replacement, bool all) {
    bool any = false;
    for (int i = c->first; i <= c->last; ++i) {
        struct growing result;
        if (!replace(regex, replacement, all, lines[i - 1], &result)) continue;
        if (result.failed) return wrong("line too long");
        free(lines[i - 1]);
        lines[i - 1] = strdup(result.text);
        current = i;
        any = changed = true;
    }
    return any || wrong("no match");
}

static bool substitute(const struct command *c) {
    char pattern[256], replacement[256];
    const char delimiter = c->at[0];
    if (delimiter == '\0') return wrong("no pattern");
    const char *rest = take_until(c->at + 1, delimiter, pattern);
    rest = take_until(rest, delimiter, replacement);
    regex_t regex;
    if (regcomp(&regex, pattern, 0) != 0) return wrong("invalid pattern");
    const bool done = substitute_lines(c, &regex, replacement, strchr(rest, 'g') != NULL);
    regfree(&regex);
    if (done && strchr(rest, 'p') != NULL) print(current, current, false);
    return done;
}

static bool copy_or_move(struct command *c, bool moves) {
    bool found;
    ++c->at;
    const int target = read_address(c, &found);
    if (!found || target < 0 || target > count || (moves && target >= c->first && target < c->last)) {
        return wrong("invalid destination");
    }
    for (int i = 0; i <= c->last - c->first; ++i) {
        const int source = c->first + i + (c->first > target ? i : 0);
        if (!insert_line(target + i, lines[source - 1])) return false;
    }
    const int size = c->last - c->first + 1;
    if (moves) delete_lines(c->first + (c->first > target ? size : 0), c->last + (c->first > target ? size : 0));
    current = moves && c->first <= target ? target : target + size;
    return true;
}

static bool join(struct command *c) {
    if (c->addresses < 2) c->last = c->first + 1;
    if (c->last > count) return wrong("invalid address");
    size_t length = 1;
    for (int i = c->first; i <= c->last; ++i) length += strlen(lines[i - 1]);
    char *joined = calloc(1, length);
    if (joined == NULL) return wrong("out of memory");
    for (int i = c->first; i <= c->last; ++i) strcat(joined, lines[i - 1]);
    const int first = c->first;
    delete_lines(first, c->last);
    const bool good = insert_line(first - 1, joined);
    free(joined);
    current = first;
    return good;
}

static const char *name_argument(const struct command *c) {
    const char *name = c->at + 1 + strspn(c->at + 1, " ");
    if (*name != '\0') strlcpy(file_name, name, sizeof file_name);
    return file_name;
}

// false: a mistake, explained in `problem`.
static bool run(struct command c, bool *ends) {
    if (!read_addresses(&c)) return false;
    const char letter = *c.at;
    const bool needs_line = letter != '\0' && strchr("pncdsjmt", letter) != NULL;
    if (needs_line && c.first == 0) return wrong("invalid address");
    switch (letter) {
        case '\0':
            if (c.addresses == 0) c.first = c.last = current + 1;
            if (c.last < 1 || c.last > count) return wrong("invalid address");
            print(c.last, c.last, false);
            return true;
        case 'p': print(c.first, c.last, false); return true;
        case 'n': print(c.first, c.last, true); return true;
        case 'a': return read_text(c.last);
        case 'i': return read_text(c.first > 0 ? c.first - 1 : 0);
        case 'c': delete_lines(c.first, c.last); return read_text(c.first - 1);
        case 'd': delete_lines(c.first, c.last); return true;
        case 's': ++c.at; return substitute(&c);
        case 'j': return join(&c);
        case 'm': return copy_or_move(&c, true);
        case 't': return copy_or_move(&c, false);
        case '=': printf("%d\n", c.addresses > 0 ? c.last : count); return true;
        case 'r': return read_file(name_argument(&c), c.addresses > 0 ? c.last : count);
        case 'w':
            if (*name_argument(&c) == '\0') return wrong("no file name");
            return c.addresses > 0 ? write_file(file_name, c.first, c.last) : write_file(file_name, 1, count);
        case 'h': puts(problem); return true;
        case 'q':
            if (changed && !warned) {
                warned = true;
                return wrong("the text has changed: q again leaves it");
            }
            *ends = true;
            return true;
        case 'Q': *ends = true; return true;
        default: return wrong("unknown command");
    }
}

int main(int argc, char *argv[]) {
    bool silent = false, wrong_usage = false;
    for (int option; (option = getopt(argc, argv, "s")) != -1;) {
        silent = option == 's';
        wrong_usage = wrong_usage || !silent;
    }
    if (wrong_usage || argc - optind > 1) {
        fprintf(stderr, "usage: ed [-s] [file]\n");
        return 2;
    }
    says_sizes = !silent;
    if (optind < argc) {
        strlcpy(file_name, argv[optind], sizeof file_name);
        if (!read_file(file_name, 0)) fprintf(stderr, "%s: %s\n", file_name, problem);
        changed = false;
    }
    bool ends = false;
    static char line[1024];
    while (!ends) {
        fflush(stdout);
        const char *next = next_line(stdin);
        if (next == NULL) break;
        strlcpy(line, next, sizeof line);
        if (!run((struct command){.at = line + strspn(line, " ")}, &ends)) puts("?");
    }
    return *problem != '\0' && !ends ? 1 : 0;
}
