// diff [-qu] old new: how one file becomes the other, line by line; -u with three lines around each change; -q only whether
// they differ. Exit status: 0, the same; 1, different; 2, trouble.
//
// The shortest way is found by Myers's method. Think of a grid: a step to the right drops a line of the old file, a step
// down takes one of the new file, and where lines are equal one slides along the diagonal for nothing. reach[k] is how far
// right one has come on diagonal k (right minus down) with d steps that cost; from that follows reach for d + 1. The
// history of reach leads back from the corner to the beginning.

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/lines.h"

enum { CONTEXT = 3 };

struct text {
    const char *name;
    char **lines;
    bool *changed;  // of each line: it is not in the other file
    int count;
    bool ends_in_the_middle;  // the last line has no end
};

static struct text old_text, new_text;

static void *must_have(void *memory) {
    if (memory != NULL) return memory;
    fprintf(stderr, "diff: there is not enough memory for these files\n");
    exit(2);
}

static void read_text(struct text *text, const char *name) {
    FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
    if (file == NULL) exit(report("diff", name) + 1);
    char *line = NULL;
    size_t size = 0;
    text->name = name;
    for (ssize_t length; (length = getline(&line, &size, file)) > 0; ++text->count) {
        if (text->count % 64 == 0) {
            text->lines = must_have(realloc(text->lines, ((size_t)text->count + 64) * sizeof *text->lines));
        }
        text->ends_in_the_middle = line[length - 1] != '\n';
        text->lines[text->count] = must_have(strdup(line));
    }
    free(line);
    if (file != stdin) fclose(file);
    text->changed = must_have(calloc((size_t)text->count + 1, 1));
}

static bool same(int old_line, int new_line) { return strcmp(old_text.lines[old_line], new_text.lines[new_line]) == 0; }

// ---- the shortest way ----

// One of reach, for the lines from `first` on: entry k of it is the array's k + width of those on each side.
struct round {
    int *reach;
};

static int slide(int right, int down, int right_end, int down_end) {
    while (right < right_end && down < down_end && same(right, down)) ++right, ++down;
    return right;
}

// From diagonal k, was the last step that cost one down?
static bool came_down(const int *reach, int k, int d) { return k == -d || (k != d && reach[k - 1] < reach[k + 1]); }

// Goes back, and marks each line that a step dropped or took.
static void mark(struct round *rounds, int d, int first, int right, int down) {
    for (; d > 0; --d) {
        const int k = right - down;
        const int *reach = rounds[d - 1].reach + d;
        const bool is_down = came_down(reach, k, d);
        const int before = is_down ? k + 1 : k - 1;
        right = reach[before];
        down = right - before;
        if (is_down) new_text.changed[first + down] = true;
        else old_text.changed[first + right] = true;
    }
}

// What has been reached with d steps, from diagonal -d - 1 to d + 1.
static int *copy_of(const int *reach, int d) {
    int *copy = must_have(malloc((size_t)(2 * d + 3) * sizeof *copy));
    memcpy(copy, reach - d - 1, (size_t)(2 * d + 3) * sizeof *copy);
    return copy;
}

// The lines before `first` are the same, and so are those from right_end and down_end on.
static void compare_between(int first, int right_end, int down_end) {
    const int width = right_end - first + down_end - first, wide = width + 2;
    int *reach = (int *)must_have(calloc((size_t)(2 * wide + 1), sizeof *reach)) + wide;
    struct round *rounds = must_have(calloc((size_t)width + 1, sizeof *rounds));
    for (int d = 0; d <= width; ++d) {
        for (int k = -d; k <= d; k += 2) {
            int right = d == 0 ? 0 : came_down(reach, k, d) ? reach[k + 1] : reach[k - 1] + 1;
            right = slide(first + right, first + right - k, right_end, down_end) - first;
            reach[k] = right;
            if (right < right_end - first || right - k < down_end - first) continue;
            mark(rounds, d, first, right_end - first, down_end - first);
            return;
        }
        rounds[d].reach = copy_of(reach, d);
    }
}

// A block of changed lines may as well begin later if the line behind it is like its first: as late as possible.
static void move_blocks_down(struct text *text) {
    for (int start = 0; start < text->count; ++start) {
        if (!text->changed[start]) continue;
        int end = start;
        while (end < text->count && text->changed[end]) ++end;
        while (end < text->count && !text->changed[end] && strcmp(text->lines[start], text->lines[end]) == 0) {
            text->changed[start++] = false;
            text->changed[end++] = true;
            while (end < text->count && text->changed[end]) ++end;
        }
        start = end;
    }
}

static void compare(void) {
    int first = 0, right = old_text.count, down = new_text.count;
    while (first < right && first < down && same(first, first)) ++first;
    while (right > first && down > first && same(right - 1, down - 1)) --right, --down;
    compare_between(first, right, down);
    move_blocks_down(&old_text);
    move_blocks_down(&new_text);
}

// ---- showing it ----

static void print_lines(const char *prefix, const struct text *text, int from, int to) {
    for (int i = from; i < to; ++i) {
        printf("%s%s", prefix, text->lines[i]);
        if (i + 1 == text->count && text->ends_in_the_middle) printf("\n\\ No newline at end of file\n");
    }
}

// The next change from there on: lines old_from..old_to become new_from..new_to. False if there is none.
struct change {
    int old_from, old_to, new_from, new_to;
};

static bool find_change(int at_old, int at_new, struct change *change) {
    while (at_old < old_text.count && at_new < new_text.count && !old_text.changed[at_old] && !new_text.changed[at_new]) {
        ++at_old, ++at_new;
    }
    *change = (struct change){at_old, at_old, at_new, at_new};
    while (change->old_to < old_text.count && old_text.changed[change->old_to]) ++change->old_to;
    while (change->new_to < new_text.count && new_text.changed[change->new_to]) ++change->new_to;
    return change->old_from < change->old_to || change->new_from < change->new_to;
}

// "3", "3,5"; of no lines, the number of the one before.
static void print_range(int from, int to) {
    if (to - from > 1) printf("%d,%d", from + 1, to);
    else printf("%d", to);
}

static void show_plain(void) {
    struct change c = {0};
    while (find_change(c.old_to, c.new_to, &c)) {
        const bool drops = c.old_from < c.old_to, takes = c.new_from < c.new_to;
        print_range(c.old_from, c.old_to);
        putchar(drops && takes ? 'c' : drops ? 'd' : 'a');
        print_range(c.new_from, c.new_to);
        putchar('\n');
        print_lines("< ", &old_text, c.old_from, c.old_to);
        if (drops && takes) printf("---\n");
        print_lines("> ", &new_text, c.new_from, c.new_to);
    }
}

// "-3,4"; of one line "-3", of none "-2,0".
static void print_unified_range(char sign, int from, int to) {
    printf("%c%d", sign, to > from ? from + 1 : from);
    if (to - from != 1) printf(",%d", to - from);
}

static int least(int a, int b) { return a < b ? a : b; }

// Changes with no more than twice the context between them stand in one piece.
static void show_piece(struct change *c) {
    const int before = least(c->old_from, CONTEXT);
    const int old_from = c->old_from - before, new_from = c->new_from - before;
    struct change last = *c, next;
    while (find_change(last.old_to, last.new_to, &next) && next.old_from - last.old_to <= 2 * CONTEXT) last = next;
    const int after = least(old_text.count - last.old_to, CONTEXT);
    printf("@@ ");
    print_unified_range('-', old_from, last.old_to + after);
    putchar(' ');
    print_unified_range('+', new_from, last.new_to + after);
    printf(" @@\n");
    int at = old_from;
    struct change part = *c;
    do {
        print_lines(" ", &old_text, at, part.old_from);
        print_lines("-", &old_text, part.old_from, part.old_to);
        print_lines("+", &new_text, part.new_from, part.new_to);
        at = part.old_to;
    } while (part.old_to != last.old_to || part.new_to != last.new_to ? find_change(part.old_to, part.new_to, &part) : false);
    print_lines(" ", &old_text, at, at + after);
    *c = last;
}

static void show_unified(void) {
    printf("--- %s\n+++ %s\n", old_text.name, new_text.name);
    struct change c = {0};
    while (find_change(c.old_to, c.new_to, &c)) show_piece(&c);
}

int main(int argc, char *argv[]) {
    bool quiet = false, unified = false;
    for (int option; (option = getopt(argc, argv, "qu")) != -1;) {
        if (option == 'q') quiet = true;
        else if (option == 'u') unified = true;
        else return 2;
    }
    if (argc - optind != 2) {
        fprintf(stderr, "usage: diff [-qu] old new\n");
        return 2;
    }
    read_text(&old_text, argv[optind]);
    read_text(&new_text, argv[optind + 1]);
    compare();
    struct change any;
    if (!find_change(0, 0, &any)) return 0;
    if (quiet) printf("Files %s and %s differ\n", old_text.name, new_text.name);
    else if (unified) show_unified();
    else show_plain();
    return 1;
}
