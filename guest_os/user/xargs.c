// xargs [-rtx] [-n count | -L lines | -I text] [-s bytes] [-E word] [command [argument...]]: runs the command (echo) with the
// words of the input as further arguments; -n so many at a time, -L those of so many lines, -s so long at most; -r not at all
// without words, -E only with those in front of that one; -I once a line, which replaces the text in the arguments. -t says what
// runs; -x gives up if so many words or lines as one asks for are too long.

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
static size_t bytes, fixed_bytes;
static bool line_ended, tells;

static void run(void) {
    argv_of_command[count] = NULL;
    for (int i = 0; i < count && tells; ++i) fprintf(stderr, "%s%s", argv_of_command[i], i + 1 < count ? " " : "\n");
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
    bytes = fixed_bytes;
}

// The next word of the input, with quotes and backslashes understood; NULL at the end. A line ends behind its last word; blanks
// there make the next one part of it.
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
    line_ended = c == '\n';
    return started ? strdup(word) : NULL;
}

// The argument with the text replaced by the line, wherever it comes.
static char *replaced(const char *argument, const char *text, const char *line) {
    size_t size = strlen(argument) + 1;
    for (const char *at = argument; (at = strstr(at, text)) != NULL; at += strlen(text)) size += strlen(line);
    char *result = malloc(size), *end = result;
    if (result == NULL) exit(report("xargs", "memory"));
    for (const char *found; (found = strstr(argument, text)) != NULL; argument = found + strlen(text)) {
        end = mempcpy(end, argument, (size_t)(found - argument));
        end = stpcpy(end, line);
    }
    strcpy(end, argument);
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

static struct {
    long words, lines;  // at a time; 0: as many as fit
    long bytes;
    bool exactly;
    const char *end;  // the word that ends the input
} wanted = {.bytes = MOST_BYTES};

static _Noreturn void give_up(const char *word) {
    fprintf(stderr, "xargs: %s: the command gets too long\n", word);
    exit(1);
}

// Puts the word behind the others; runs the command first if it does not fit.
static void add(char *word) {
    const size_t size = strlen(word) + 1, most = (size_t)wanted.bytes;
    if (count > fixed && (bytes + size > most || count == MOST_WORDS)) {
        if (wanted.exactly && (wanted.words > 0 || wanted.lines > 0)) give_up(word);
        run();
    }
    if (bytes + size > most || count == MOST_WORDS) give_up(word);
    argv_of_command[count++] = word;
    bytes += size;
}

// With as many words at a time as are wanted.
static void run_for_words(bool even_nothing) {
    long lines = 0;
    bool any = false;
    for (char *word; (word = next_word()) != NULL && (wanted.end == NULL || strcmp(word, wanted.end) != 0); any = true) {
        const bool ended = line_ended;
        add(word);
        lines += ended;
        if (count - fixed != wanted.words && (lines != wanted.lines || lines == 0)) continue;
        run();
        lines = 0;
    }
    if (count > fixed || (!any && even_nothing)) run();
}

static void take_command(char *arguments[], int argument_count) {
    if (argument_count >= MOST_WORDS) give_up(arguments[0]);
    for (fixed = 0; fixed < argument_count; ++fixed) {
        argv_of_command[fixed] = arguments[fixed];
        fixed_bytes += strlen(arguments[fixed]) + 1;
    }
    count = fixed;
    bytes = fixed_bytes;
}

static _Noreturn void usage(void) {
    fprintf(stderr, "usage: xargs [-rtx] [-n count | -L lines | -I text] [-s bytes] [-E word] [command [argument...]]\n");
    exit(1);
}

static long positive(const char *text) {
    const long value = number_or_exit("xargs", text, 1);
    if (value < 1) usage();
    return value;
}

int main(int argc, char *argv[]) {
    static char echo[] = "echo";
    static char *by_default[] = {echo};
    const char *text = NULL;
    bool even_nothing = true;
    for (int option; (option = getopt(argc, argv, "+n:L:I:s:E:rtx")) != -1;) {
        switch (option) {
            case 'n': wanted.words = positive(optarg), wanted.lines = 0; break;
            case 'L': wanted.lines = positive(optarg), wanted.words = 0; break;
            case 'I':
                text = optarg;
                if (*text != '\0') break;
                usage();
            case 's': wanted.bytes = positive(optarg); break;
            case 'E': wanted.end = optarg; break;
            case 'r': even_nothing = false; break;
            case 't': tells = true; break;
            case 'x': wanted.exactly = true; break;
            default: usage();
        }
    }
    if (wanted.bytes > MOST_BYTES) wanted.bytes = MOST_BYTES;
    char **arguments = optind < argc ? argv + optind : by_default;
    const int argument_count = optind < argc ? argc - optind : 1;
    if (text != NULL) {
        run_for_each_line(arguments, argument_count, text);
        return status;
    }
    take_command(arguments, argument_count);
    run_for_words(even_nothing);
    return status;
}
