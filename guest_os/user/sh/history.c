// The lines that a person typed, as long as the shell lives.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "editor.h"
#include "shell.h"

enum { MOST_LINES = 200 };

static char *lines[MOST_LINES];  // line number n is in lines[n % MOST_LINES]
static int line_count;           // how many there ever were

const char *remembered_line(int back) {
    if (back < 1 || back > line_count || back > MOST_LINES) return NULL;
    return lines[(line_count - back) % MOST_LINES];
}

void remember_line(const char *line) {
    const size_t length = strcspn(line, "\n");
    const char *last = remembered_line(1);
    if (line[strspn(line, " \t\n")] == '\0') return;
    if (last != NULL && strlen(last) == length && strncmp(last, line, length) == 0) return;
    char **place = &lines[line_count++ % MOST_LINES];
    free(*place);
    *place = must_have(strndup(line, length));
}

void list_history(void) {
    for (int back = line_count < MOST_LINES ? line_count : MOST_LINES; back > 0; --back) {
        printf("%5d  %s\n", line_count - back + 1, remembered_line(back));
    }
}

static const char *find_line(const char *start, size_t length) {
    for (int back = 1; remembered_line(back) != NULL; ++back) {
        if (strncmp(remembered_line(back), start, length) == 0) return remembered_line(back);
    }
    return NULL;
}

// "!" is special where a word may follow it, outside single quotes.
char *expand_history(const char *line) {
    const struct mark mark = mark_scratch();
    struct text text = {0};
    bool quoted = false, changed = false;
    for (const char *at = line; *at;) {
        if (*at == '\'') quoted = !quoted;
        if (*at == '\\' && at[1] != '\0') append(&text, *at++);
        else if (*at == '!' && !quoted && at[1] != '\0' && !strchr(" \t\n=(", at[1])) {
            const size_t length = at[1] == '!' ? 1 : strcspn(at + 1, " \t\n;|&\"'()");
            if (length > 0 && (at == line || at[-1] != '$')) {
                const char *found = at[1] == '!' ? remembered_line(1) : find_line(at + 1, length);
                if (found == NULL) {
                    complain("%.*s: no such line in the history", (int)length + 1, at);
                    release_scratch(mark);
                    return NULL;
                }
                append_string(&text, found);
                at += 1 + length;
                changed = true;
                continue;
            }
        }
        append(&text, *at++);
    }
    if (changed) fprintf(stderr, "%s", text_of(&text));
    char *result = must_have(strdup(text_of(&text)));
    release_scratch(mark);
    return result;
}
