// more [file...]: a screen at a time. Space: the next one, Return: one line, q: the end. Without a terminal it copies.

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "common/lines.h"

static int terminal = -1, rows = 24, left;
static struct termios usual;

// false: q
static int wait_for_key(void) {
    char key = 'q';
    fputs("--More--", stdout);
    fflush(stdout);
    while (read(terminal, &key, 1) == 1 && key != 'q' && key != ' ' && key != '\n' && key != '\r') continue;
    fputs("\r        \r", stdout);
    left = key == ' ' ? rows - 1 : 1;
    return key != 'q';
}

static int treat(FILE *file, const char *name) {
    (void)name;
    for (char *line; (line = next_line(file)) != NULL;) {
        if (terminal >= 0 && left == 0 && !wait_for_key()) return 1;
        puts(line);
        --left;
    }
    return 0;
}

int main(int argc, char *argv[]) {
    struct winsize size;
    no_options(argc, argv, "more [file...]", 1);
    if (isatty(STDOUT_FILENO)) terminal = open("/dev/tty", O_RDONLY);
    if (terminal >= 0 && tcgetattr(terminal, &usual) == 0) {
        struct termios raw = usual;
        raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        tcsetattr(terminal, TCSANOW, &raw);
        if (tcgetwinsize(terminal, &size) == 0 && size.ws_row > 2) rows = size.ws_row;
    }
    left = rows - 1;
    const int status = for_each_file("more", argv + optind, argc - optind, treat);
    if (terminal >= 0) tcsetattr(terminal, TCSANOW, &usual);
    return terminal >= 0 ? 0 : status;
}
