// stty [-a | size | raw | sane | [-]setting | key character...]: shows or changes how the terminal treats what is typed.

#include <stdbool.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "common/lines.h"

static const struct {
    const char *name;
    tcflag_t bit;
} flags[] = {{"isig", ISIG}, {"icanon", ICANON}, {"echo", ECHO}, {"echonl", ECHONL}, {"tostop", TOSTOP}};

static const struct {
    const char *name;
    int place;
    cc_t usual;
} keys[] = {{"intr", VINTR, 'C' - '@'},    {"quit", VQUIT, '\\' - '@'}, {"erase", VERASE, 0x7F}, {"kill", VKILL, 'U' - '@'},
            {"eof", VEOF, 'D' - '@'}, {"susp", VSUSP, 'Z' - '@'}, {"werase", VWERASE, 'W' - '@'}};

enum { FLAGS = sizeof flags / sizeof flags[0], KEYS = sizeof keys / sizeof keys[0] };

static void show_key(cc_t key) {
    if (key == 0) printf("<undef>");
    else if (key == 0x7F) printf("^?");
    else if (key < ' ') printf("^%c", key + '@');
    else printf("%c", key);
}

static void show(const struct termios *settings) {
    struct winsize size;
    tcgetwinsize(STDIN_FILENO, &size);
    printf("rows %u; columns %u\n", size.ws_row, size.ws_col);
    for (int i = 0; i < KEYS; ++i) {
        printf("%s%s = ", i > 0 ? "; " : "", keys[i].name);
        show_key(settings->c_cc[keys[i].place]);
    }
    printf("; min = %u; time = %u\n", settings->c_cc[VMIN], settings->c_cc[VTIME]);
    printf("%sicrnl", settings->c_iflag & ICRNL ? "" : "-");
    for (int i = 0; i < FLAGS; ++i) printf(" %s%s", settings->c_lflag & flags[i].bit ? "" : "-", flags[i].name);
    putchar('\n');
}

static void make_sane(struct termios *settings) {
    settings->c_iflag = ICRNL;
    settings->c_oflag = OPOST | ONLCR;
    settings->c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | IEXTEN;
    settings->c_cc[VMIN] = 1;
    settings->c_cc[VTIME] = 0;
    for (int i = 0; i < KEYS; ++i) settings->c_cc[keys[i].place] = keys[i].usual;
}

static bool change_flag(struct termios *settings, const char *word) {
    const bool off = word[0] == '-';
    const char *name = word + off;
    tcflag_t *field = &settings->c_lflag, bit = 0;
    if (strcmp(name, "icrnl") == 0) field = &settings->c_iflag, bit = ICRNL;
    for (int i = 0; i < FLAGS; ++i) {
        if (strcmp(name, flags[i].name) == 0) bit = flags[i].bit;
    }
    if (off) *field &= ~bit;
    else *field |= bit;
    return bit != 0;
}

// "^C" or the character itself, or "undef".
static cc_t key_of(const char *text) {
    if (strcmp(text, "undef") == 0) return 0;
    return text[0] == '^' && text[1] != '\0' ? (text[1] == '?' ? 0x7F : text[1] & 0x1F) : (cc_t)text[0];
}

// How many words it took; 0: it is none that is known.
static int change(struct termios *settings, char *words[]) {
    if (strcmp(words[0], "raw") == 0) return cfmakeraw(settings), 1;
    if (strcmp(words[0], "sane") == 0) return make_sane(settings), 1;
    for (int i = 0; i < KEYS; ++i) {
        if (strcmp(words[0], keys[i].name) != 0 || words[1] == NULL) continue;
        settings->c_cc[keys[i].place] = key_of(words[1]);
        return 2;
    }
    return change_flag(settings, words[0]) ? 1 : 0;
}

int main(int argc, char *argv[]) {
    struct termios settings;
    if (tcgetattr(STDIN_FILENO, &settings) < 0) return report("stty", "standard input");
    if (argc == 1 || strcmp(argv[1], "-a") == 0) {
        show(&settings);
        return 0;
    }
    if (strcmp(argv[1], "size") == 0) {
        struct winsize size;
        tcgetwinsize(STDIN_FILENO, &size);
        printf("%u %u\n", size.ws_row, size.ws_col);
        return 0;
    }
    for (int i = 1, taken; i < argc; i += taken) {
        taken = change(&settings, argv + i);
        if (taken != 0) continue;
        fprintf(stderr, "stty: %s: no such setting: stty -a shows them\n", argv[i]);
        return 1;
    }
    if (tcsetattr(STDIN_FILENO, TCSANOW, &settings) == 0) return 0;
    return report("stty", "standard input");
}
