// A password is typed without being shown.

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

char *getpass(const char *prompt) {
    static char typed[128];
    struct termios settings, quiet;
    const int is_terminal = tcgetattr(STDIN_FILENO, &settings) == 0;
    fputs(prompt, stderr);
    if (is_terminal) {
        quiet = settings;
        quiet.c_lflag &= ~(unsigned)ECHO;
        quiet.c_lflag |= ECHONL;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    size_t length = 0;
    for (char c; length < sizeof typed - 1 && read(STDIN_FILENO, &c, 1) == 1 && c != '\n';) typed[length++] = c;
    typed[length] = '\0';
    if (is_terminal) tcsetattr(STDIN_FILENO, TCSANOW, &settings);
    return typed;
}
