// xargs [-r] [-n count] [-I text] [command [argument...]]: runs the command (echo) with the words of the input as further
// arguments; -n so many at a time; -r not at all without words; -I once a line, which replaces the text in the arguments.

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/lines.h"

enum { MOST_WORDS = 500, MOST_BYTES = 16000 };

static char *argv_of_command[MOST_WORDS + 1];
static int fixed, count, status;
static size_t bytes;

static void run(void) {
    argv_of_command[count] = NULL;
    const pid_t child = fork();
    if (child == 0) {
        execvp(argv_of_command[0], argv_of_command);
        const int failure = errno == ENOENT ? 127 : 126;
        report("xargs", argv_of_command[0]);
        _exit(failure);
    }
    int result = 1 << 8;
    if (child > 0) waitpid(child, &result, 0);
    if (WIFSIGNALED(result)) status = 125;
    else if (WEXITSTATUS(result) >= 126) exit(WEXITSTATUS(result));
    else if (WEXITSTATUS(result) != 0) status = 123;
    while (count > fixed) free(argv_of_command[--count]);
    bytes = 0;
}

// The next word of the input, with quotes and backslashes understood; NULL at the end.
static char *next_word(void) {
    static char word[4096];
    size_t length = 0;
    bool started = false;
    int c = getchar();
    while (c != EOF && isspace(c)) c = getchar();
    for (char quote = '\0'; c != EOF && (quote != '\0' || !isspace(c)); c = getchar()) {
        started = true;
        if (quote == '\0' && (c == '\'' || c == '"')) quote = (char)c;
        else if (quote != '\0' && c == quote) quote = '\0';
        else if (quote == '\0' && c == '\\') c = getchar(), word[length++] = (char)c;
        else if (length < sizeof word - 2) word[length++] = (char)c;
    }
    word[length] = '\0';
    return started ? strdup(word) : NULL;
}

// The argument with the text replaced by the line.
static char *replaced(const char *argument, const char *text, const char *line) {
    const char *found = strstr(argument, text);
    if (found == NULL) return strdup(argument);
    char *result = malloc(strlen(argument) + strlen(line) + 1);
    if (result != NULL) sprintf(result, "%.*s%s%s", (int)(found - argument), argument, line, found + strlen(text));
    return result;
}

static void run_for_each_line(char *arguments[], int argument_count, const char *text) {
    fixed = 0;
    for (char *line; (line = next_line(stdin)) != NULL;) {
        line += strspn(line, " \t");
        if (*line == '\0') continue;
        for (count = 0; count < argument_count; ++count) argv_of_command[count] = replaced(arguments[count], text, line);
        run();
    }
}

int main(int argc, char *argv[]) {
    static char echo[] = "echo";
    static char *by_default[] = {echo};
    long most = MOST_WORDS;
    const char *text = NULL;
    bool even_nothing = true;
    for (int option; (option = getopt(argc, argv, "+n:I:r")) != -1;) {
        switch (option) {
            case 'n': most = number_or_exit("xargs", optarg, 1); break;
            case 'I': text = optarg; break;
            case 'r': even_nothing = false; break;
            default: fprintf(stderr, "usage: xargs [-r] [-n count] [-I text] [command [argument...]]\n"); return 1;
        }
    }
    char **arguments = optind < argc ? argv + optind : by_default;
    const int argument_count = optind < argc ? argc - optind : 1;
    if (text != NULL) {
        run_for_each_line(arguments, argument_count, text);
        return status;
    }
    for (fixed = 0; fixed < argument_count; ++fixed) argv_of_command[fixed] = arguments[fixed];
    count = fixed;
    bool ran = false;
    for (char *word; (word = next_word()) != NULL;) {
        argv_of_command[count++] = word;
        bytes += strlen(word) + 1;
        if (count - fixed < most && count < MOST_WORDS && bytes < MOST_BYTES) continue;
        run();
        ran = true;
    }
    if (count > fixed || (!ran && even_nothing)) run();
    return status;
}
