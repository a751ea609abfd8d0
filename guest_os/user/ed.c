// ed [-s] [file]: the line editor; -s does not say how many bytes it reads and writes. A command is
// [address[,address]] letter [text]:
//   p print   n print with numbers   l print so that all is seen   a append   i insert   c change   d delete   s/pattern/text/[g] substitute
//   r file read   w [file] write   q quit   Q quit without asking   = line number   j join   m address move   t copy
//   e file edit another   E without asking   f [file] its name   kx mark   u undo the last change, and undo that
//   g/pattern/command for all lines that match, v/pattern/command for the others
// An address is a number, . (the current line), $ (the last), 'x (that mark), +n -n, /pattern/, ?pattern?, "," alone means all
// lines. An empty pattern is the last one. a, i and c take lines up to one that is a single dot. "?" is all it says about a
// mistake; h explains the last one, H from now on all. After a mistake in a script the status is 1.

#include <ctype.h>
#include <regex.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/lines.h"

static char **lines;  // line 1 is lines[0]
static int count, room, current;
static bool changed, warned, says_sizes, explains;
static char file_name[256];
static const char *problem = "";

static struct {
    char **lines;
    int count, room, current;
} before;  // the last command that changed anything: for u
static bool is_kept;          // `before` is about this command
static int current_at_start;  // of this command

static const char *marks[26];  // lines, or NULL
static const char **pending;   // lines to which g has still to come, or NULL
static int pending_count;
static bool is_global;  // a command of g is running

struct command {
    const char *at;
    int first, last;
    int addresses;  // how many were given
};

static bool wrong(const char *why) {
    problem = why;
    return false;
}

static void forget_kept(void) {
    for (int i = 0; i < before.count; ++i) free(before.lines[i]);
    free(before.lines);
    before.lines = NULL;
    before.count = before.room = 0;
}

// To be called in front of each change.
static bool begin_change(void) {
    changed = true;
    if (is_kept) return true;
    forget_kept();
    before.lines = calloc((size_t)count + 1, sizeof *lines);
    if (before.lines == NULL) return wrong("out of memory");
    for (int i = 0; i < count; ++i) {
        before.lines[i] = strdup(lines[i]);
        if (before.lines[i] == NULL) return wrong("out of memory");
        before.count = i + 1;
    }
    before.room = count + 1;
    before.current = current_at_start;
    return is_kept = true;
}

static void forget_line(char *line) {
    for (int i = 0; i < 26; ++i) {
        if (marks[i] == line) marks[i] = NULL;
    }
    for (int i = 0; i < pending_count; ++i) {
        if (pending[i] == line) pending[i] = NULL;
    }
    free(line);
}

static bool insert_line(int place, const char *text) {
    if (!begin_change()) return false;
    if (count == room) {
        char **larger = realloc(lines, (size_t)(room * 2 + 64) * sizeof *lines);
        if (larger == NULL) return wrong("out of memory");
        lines = larger;
        room = room * 2 + 64;
    }
    char *copy = strdup(text);
    if (copy == NULL) return wrong("out of memory");
    memmove(lines + place + 1, lines + place, (size_t)(count - place) * sizeof *lines);
    lines[place] = copy;
    ++count;
    return true;
}

static bool delete_lines(int first, int last) {
    if (!begin_change()) return false;
    for (int i = first; i <= last; ++i) forget_line(lines[i - 1]);
    memmove(lines + first - 1, lines + last, (size_t)(count - last) * sizeof *lines);
    count -= last - first + 1;
    current = first <= count ? first : count;
    return true;
}

// What was before the last change, and what is now, change places.
static bool undo(void) {
    if (before.lines == NULL) return wrong("nothing to undo");
    char **const other_lines = before.lines;
    const int other_count = before.count, other_room = before.room, other_current = before.current;
    before.lines = lines, before.count = count, before.room = room, before.current = current;
    lines = other_lines, count = other_count, room = other_room, current = other_current;
    for (int i = 0; i < 26; ++i) marks[i] = NULL;
    return changed = true;
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

// NULL: there is none, explained in `problem`. It is used until the next one is asked for.
static const regex_t *regex_of(const char *pattern) {
    static regex_t last;
    static bool has_last;
    regex_t next;
    if (*pattern == '\0') {
        if (!has_last) wrong("no previous pattern");
        return has_last ? &last : NULL;
    }
    if (regcomp(&next, pattern, 0) != 0) {
        wrong("invalid pattern");
        return NULL;
    }
    if (has_last) regfree(&last);
    last = next;
    has_last = true;
    return &last;
}

static int search(const char *pattern, int step) {
    const regex_t *regex = regex_of(pattern);
    if (regex == NULL) return -1;
    int found = -1;
    for (int i = 1, line = current; found < 0 && i <= count; ++i) {
        line += step;
        if (line > count) line = 1;
        if (line < 1) line = count;
        if (regexec(regex, lines[line - 1], 0, NULL, 0) == 0) found = line;
    }
    return found;
}

static int line_number_of(const char *line) {
    for (int i = 0; line != NULL && i < count; ++i) {
        if (lines[i] == line) return i + 1;
    }
    return -1;
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
    } else if (*c->at == '\'') {
        line = islower((unsigned char)c->at[1]) ? line_number_of(marks[c->at[1] - 'a']) : -1;
        if (line < 0) return -1;
        c->at += 2;
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

// Prints a character so that it can be told from others; returns how many columns that takes.
static int print_visibly(unsigned char c) {
    static const char special[] = "\a\b\f\n\r\t\v\\$", letters[] = "abfnrtv\\$";
    const char *known = c != '\0' ? strchr(special, c) : NULL;
    if (known != NULL) return printf("\\%c", letters[known - special]);
    return isprint(c) ? printf("%c", c) : printf("\\%03o", c);
}

// With a $ at the end of each line, and a \ where it goes on in the next row.
static void list(int first, int last) {
    enum { COLUMNS = 72 };
    for (int i = first; i <= last; ++i) {
        int column = 0;
        for (const char *c = lines[i - 1]; *c != '\0'; ++c) {
            if (column >= COLUMNS) {
                fputs("\\\n", stdout);
                column = 0;
            }
            column += print_visibly((unsigned char)*c);
        }
        puts("$");
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
        char *copy = begin_change() ? strdup(result.text) : NULL;
        if (copy == NULL) return wrong("out of memory");
        forget_line(lines[i - 1]);
        lines[i - 1] = copy;
        current = i;
        any = true;
    }
    return any || is_global || wrong("no match");
}

static bool substitute(const struct command *c) {
    char pattern[256], replacement[256];
    const char delimiter = c->at[0];
    if (delimiter == '\0') return wrong("no pattern");
    const char *rest = take_until(c->at + 1, delimiter, pattern);
    rest = take_until(rest, delimiter, replacement);
    const regex_t *regex = regex_of(pattern);
    if (regex == NULL) return false;
    const bool done = substitute_lines(c, regex, replacement, strchr(rest, 'g') != NULL);
    if (done && strchr(rest, 'p') != NULL) print(current, current, false);
    return done;
}

static void exchange(int first, int last) {
    for (; first < last; ++first, --last) {
        char *line = lines[first - 1];
        lines[first - 1] = lines[last - 1];
        lines[last - 1] = line;
    }
}

// Two pieces side by side change places: each is turned round, then both together.
static void swap(int first, int second, int last) {
    exchange(first, second - 1);
    exchange(second, last);
    exchange(first, last);
}

static bool move_lines(int first, int last, int target) {
    if (target >= first && target < last) return wrong("invalid destination");
    if (!begin_change()) return false;
    if (target < first) swap(target + 1, first, last);
    else swap(first, last + 1, target);
    current = target < first ? target + last - first + 1 : target;
    return true;
}

static bool copy_lines(int first, int last, int target) {
    for (int i = 0; i <= last - first; ++i) {
        const int behind = first + i > target ? i : 0;  // so many lines were put in front of it
        if (!insert_line(target + i, lines[first + i + behind - 1])) return false;
    }
    current = target + last - first + 1;
    return true;
}

static bool copy_or_move(struct command *c, bool moves) {
    bool found;
    ++c->at;
    const int target = read_address(c, &found);
    if (!found || target < 0 || target > count) return wrong("invalid destination");
    return (moves ? move_lines : copy_lines)(c->first, c->last, target);
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
    const bool good = delete_lines(first, c->last) && insert_line(first - 1, joined);
    free(joined);
    current = first;
    return good;
}

static const char *name_argument(const struct command *c) {
    const char *name = c->at + 1 + strspn(c->at + 1, " ");
    if (*name != '\0') strlcpy(file_name, name, sizeof file_name);
    return file_name;
}

// False, for once, if there is something that would be lost.
static bool may_be_lost(void) {
    if (!changed || warned) return true;
    warned = true;
    return wrong("the text has changed: once more leaves it");
}

static bool edit_file(const char *name) {
    if (*name == '\0') return wrong("no file name");
    if (count > 0 && !delete_lines(1, count)) return false;
    const bool good = read_file(name, 0);
    changed = false;
    return good;
}

static bool mark_line(const struct command *c) {
    if (!islower((unsigned char)c->at[1])) return wrong("a mark is a small letter");
    marks[c->at[1] - 'a'] = lines[c->last - 1];
    return true;
}

static bool run(struct command c, bool *ends);

static bool run_for_pending(const char *text, bool *ends) {
    bool good = true;
    is_global = true;
    for (int i = 0; i < pending_count && good && !*ends; ++i) {
        const int line = line_number_of(pending[i]);
        if (line < 0) continue;  // it is gone
        current = line;
        good = run((struct command){.at = text}, ends);
    }
    is_global = false;
    return good;
}

// g and v: first the lines are chosen, then the command runs for those that are still there.
static bool run_globally(const struct command *c, bool *ends) {
    char pattern[256];
    if (is_global) return wrong("no g inside g");
    if (c->at[1] == '\0') return wrong("no pattern");
    const bool matching = *c->at == 'g';
    const char *text = take_until(c->at + 2, c->at[1], pattern);
    const regex_t *regex = regex_of(pattern);
    if (regex == NULL) return false;
    pending = calloc((size_t)count + 1, sizeof *pending);
    if (pending == NULL) return wrong("out of memory");
    const int first = c->addresses > 0 ? c->first : 1, last = c->addresses > 0 ? c->last : count;
    for (int i = first; i <= last && i > 0; ++i) {
        if ((regexec(regex, lines[i - 1], 0, NULL, 0) == 0) == matching) pending[pending_count++] = lines[i - 1];
    }
    const bool good = run_for_pending(*text != '\0' ? text : "p", ends);
    free(pending);
    pending_count = 0;
    return good;
}

// false: a mistake, explained in `problem`.
static bool run(struct command c, bool *ends) {
    if (!read_addresses(&c)) return false;
    const char letter = *c.at;
    const bool needs_line = letter != '\0' && strchr("pnlcdsjmtk", letter) != NULL;
    if (letter == '\0' || strchr("qe", letter) == NULL) warned = false;
    if (is_global && letter != '\0' && strchr("aiceEu", letter) != NULL) return wrong("not inside g");
    if (needs_line && c.first == 0) return wrong("invalid address");
    const bool takes_name = letter != '\0' && strchr("rweEf", letter) != NULL;
    if (takes_name && c.at[1] != '\0' && c.at[1] != ' ') return wrong("unexpected command suffix");
    switch (letter) {
        case '\0':
            if (c.addresses == 0) c.first = c.last = current + 1;
            if (c.last < 1 || c.last > count) return wrong("invalid address");
            print(c.last, c.last, false);
            return true;
        case 'p': print(c.first, c.last, false); return true;
        case 'n': print(c.first, c.last, true); return true;
        case 'l': list(c.first, c.last); return true;
        case 'a': return read_text(c.last);
        case 'i': return read_text(c.first > 0 ? c.first - 1 : 0);
        case 'c': return delete_lines(c.first, c.last) && read_text(c.first - 1);
        case 'd': return delete_lines(c.first, c.last);
        case 's': ++c.at; return substitute(&c);
        case 'j': return join(&c);
        case 'm': return copy_or_move(&c, true);
        case 't': return copy_or_move(&c, false);
        case '=': printf("%d\n", c.addresses > 0 ? c.last : count); return true;
        case 'r': return read_file(name_argument(&c), c.addresses > 0 ? c.last : count);
        case 'w':
            if (*name_argument(&c) == '\0') return wrong("no file name");
            return c.addresses > 0 ? write_file(file_name, c.first, c.last) : write_file(file_name, 1, count);
        case 'e': return may_be_lost() && edit_file(name_argument(&c));
        case 'E': return edit_file(name_argument(&c));
        case 'f': puts(name_argument(&c)); return true;
        case 'k': return mark_line(&c);
        case 'u': return undo();
        case 'g':
        case 'v': return run_globally(&c, ends);
        case 'h': puts(problem); return true;
        case 'H':
            explains = !explains;
            if (explains && *problem != '\0') puts(problem);
            return true;
        case 'q': return *ends = may_be_lost();
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
        forget_kept();
    }
    bool ends = false, failed = false;
    static char line[1024];
    while (!ends) {
        fflush(stdout);
        const char *next = next_line(stdin);
        if (next == NULL) break;
        strlcpy(line, next, sizeof line);
        is_kept = false;
        current_at_start = current;
        if (run((struct command){.at = line + strspn(line, " ")}, &ends)) continue;
        failed = true;
        puts("?");
        if (explains) puts(problem);
    }
    return failed && (!ends || !isatty(STDIN_FILENO)) ? 1 : 0;
}
