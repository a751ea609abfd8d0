#include "editor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "shell.h"

enum {
    CONTROL_A = 1, CONTROL_B = 2, CONTROL_C = 3, CONTROL_D = 4, CONTROL_E = 5, CONTROL_F = 6, CONTROL_H = 8, TAB = 9,
    CONTROL_K = 11, CONTROL_L = 12, CONTROL_N = 14, CONTROL_P = 16, CONTROL_U = 21, CONTROL_W = 23, ESCAPE = 27,
    DELETE = 127,
    // What escape sequences become.
    UP = 256, DOWN, LEFT, RIGHT, HOME, END, DELETE_RIGHT, NOTHING, NO_INPUT,
};

struct editor {
    const char *prompt;
    char *line;
    int length, cursor, room;
    int back;      // how far up in the history; 0: the new line
    char *newest;  // the new line, while another one is shown
    int width;     // of the terminal
};

static void show(const char *text, size_t length) {
    if (length > 0) write(STDERR_FILENO, text, length);
}

static void show_text(const char *text) { show(text, strlen(text)); }

static int read_byte(void) {
    unsigned char c;
    ssize_t count;
    do {
        count = read(STDIN_FILENO, &c, 1);
    } while (count < 0 && errno == EINTR);
    return count == 1 ? c : NO_INPUT;
}

static int read_key(void) {
    const int c = read_byte();
    if (c != ESCAPE) return c;
    const int second = read_byte();
    if (second != '[' && second != 'O') return NOTHING;
    const int third = read_byte();
    switch (third) {
        case 'A': return UP;
        case 'B': return DOWN;
        case 'C': return RIGHT;
        case 'D': return LEFT;
        case 'H': return HOME;
        case 'F': return END;
        default: break;
    }
    if (third < '0' || third > '9') return NOTHING;
    int last = read_byte();
    while (last != '~' && last != NO_INPUT && (last < '@' || last > '~')) last = read_byte();
    return third == '1' || third == '7' ? HOME : third == '4' || third == '8' ? END : third == '3' ? DELETE_RIGHT : NOTHING;
}

// The whole line anew. One that is longer than the terminal is wide is shown in part, around the cursor.
static void redraw(const struct editor *e) {
    const int columns = e->width - (int)strlen(e->prompt) - 1;
    const int first = e->cursor > columns ? e->cursor - columns : 0;
    const int shown = e->length - first < columns ? e->length - first : columns;
    show_text("\r");
    show_text(e->prompt);
    show(e->line + first, (size_t)shown);
    show_text("\033[K");
    for (int i = first + shown; i > e->cursor; --i) show_text("\b");
}

static bool fits(const struct editor *e) { return (int)strlen(e->prompt) + e->length + 1 < e->width; }

static void insert(struct editor *e, const char *text, int length) {
    while (e->length + length + 2 > e->room) e->line = must_have(realloc(e->line, (size_t)(e->room *= 2)));
    memmove(e->line + e->cursor + length, e->line + e->cursor, (size_t)(e->length - e->cursor) + 1);
    memcpy(e->line + e->cursor, text, (size_t)length);
    e->length += length;
    e->cursor += length;
    if (e->cursor == e->length && fits(e)) show(text, (size_t)length);
    else redraw(e);
}

static void erase(struct editor *e, int from, int to) {
    if (from == to) return;
    const bool last = e->cursor == e->length && to == e->length && from == to - 1 && fits(e);
    memmove(e->line + from, e->line + to, (size_t)(e->length - to) + 1);
    e->length -= to - from;
    e->cursor = from;
    if (last) show_text("\b \b");
    else redraw(e);
}

static void move_to(struct editor *e, int place) {
    if (place < 0 || place > e->length || place == e->cursor) return;
    const bool one_left = place == e->cursor - 1 && fits(e);
    e->cursor = place;
    if (one_left) show_text("\b");
    else redraw(e);
}

static int word_before(const struct editor *e) {
    int place = e->cursor;
    while (place > 0 && e->line[place - 1] == ' ') --place;
    while (place > 0 && e->line[place - 1] != ' ') --place;
    return place;
}

static void replace(struct editor *e, const char *text) {
    e->length = e->cursor = 0;
    e->line[0] = '\0';
    redraw(e);
    insert(e, text, (int)strlen(text));
}

static void walk_history(struct editor *e, int step) {
    const int back = e->back + step;
    if (back < 0 || (back > 0 && remembered_line(back) == NULL)) return;
    if (e->back == 0) {
        free(e->newest);
        e->newest = must_have(strdup(e->line));
    }
    e->back = back;
    replace(e, back > 0 ? remembered_line(back) : e->newest);
}

static void list_completions(const struct editor *e, const struct words *found) {
    show_text("\n");
    for (int i = 0; i < found->count; ++i) {
        const char *name = found->items[i];
        const size_t length = strlen(name) - (name[strlen(name) - 1] == ' ');
        size_t folder = length - 1;
        while (folder > 0 && name[folder - 1] != '/') --folder;
        show(name + folder, length - folder);
        show_text(i + 1 < found->count ? "  " : "\n");
    }
    redraw(e);
}

static void complete(struct editor *e) {
    const struct mark mark = mark_scratch();
    struct words found = {0};
    int start;
    find_completions(e->line, e->cursor, &start, &found);
    if (found.count > 0) {
        size_t common = strlen(found.items[0]);
        for (int i = 1; i < found.count; ++i) {
            size_t same = 0;
            while (same < common && found.items[0][same] == found.items[i][same]) ++same;
            common = same;
        }
        const size_t typed = (size_t)(e->cursor - start);
        if (common > typed) insert(e, found.items[0] + typed, (int)(common - typed));
        else if (found.count > 1) list_completions(e, &found);
    }
    release_scratch(mark);
}

enum outcome { GOES_ON, COMPLETE, INTERRUPTED, AT_END };

static enum outcome handle(struct editor *e, int key) {
    switch (key) {
        case '\r':
        case '\n': show_text("\n"); return COMPLETE;
        case CONTROL_C: show_text("^C\n"); return INTERRUPTED;
        case CONTROL_D:
            if (e->length == 0) return AT_END;
            if (e->cursor < e->length) erase(e, e->cursor, e->cursor + 1);
            break;
        case NO_INPUT: return e->length > 0 ? COMPLETE : AT_END;
        case DELETE_RIGHT:
            if (e->cursor < e->length) erase(e, e->cursor, e->cursor + 1);
            break;
        case CONTROL_H:
        case DELETE:
            if (e->cursor > 0) erase(e, e->cursor - 1, e->cursor);
            break;
        case CONTROL_A:
        case HOME: move_to(e, 0); break;
        case CONTROL_E:
        case END: move_to(e, e->length); break;
        case CONTROL_B:
        case LEFT: move_to(e, e->cursor - 1); break;
        case CONTROL_F:
        case RIGHT: move_to(e, e->cursor + 1); break;
        case CONTROL_U: erase(e, 0, e->cursor); break;
        case CONTROL_K:
            e->line[e->length = e->cursor] = '\0';
            redraw(e);
            break;
        case CONTROL_W: erase(e, word_before(e), e->cursor); break;
        case CONTROL_L:
            show_text("\033[H\033[2J");
            redraw(e);
            break;
        case CONTROL_P:
        case UP: walk_history(e, 1); break;
        case CONTROL_N:
        case DOWN: walk_history(e, -1); break;
        case TAB: complete(e); break;
        default:
            if (key >= ' ' && key < 256) insert(e, (char[]){(char)key}, 1);
    }
    return GOES_ON;
}

static int terminal_width(void) {
    struct winsize size;
    return tcgetwinsize(STDIN_FILENO, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

char *edit_line(const char *prompt, bool *interrupted) {
    struct termios usual, raw;
    if (tcgetattr(STDIN_FILENO, &usual) < 0) return NULL;
    raw = usual;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    struct editor e = {.prompt = prompt, .line = must_have(calloc(1, 80)), .room = 80, .width = terminal_width()};
    show_text(prompt);
    enum outcome outcome;
    do {
        outcome = handle(&e, read_key());
    } while (outcome == GOES_ON);
    tcsetattr(STDIN_FILENO, TCSANOW, &usual);
    free(e.newest);
    if (outcome == COMPLETE) {
        e.line[e.length] = '\n';
        e.line[e.length + 1] = '\0';
        return e.line;
    }
    *interrupted = outcome == INTERRUPTED;
    free(e.line);
    return NULL;
}
