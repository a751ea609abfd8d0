// getopt and its long relative, with the words in every order, and with every mistake.

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char *words_of(char *text, char *argv[], int *argc) {
    *argc = 0;
    for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " ")) argv[(*argc)++] = word;
    argv[*argc] = NULL;
    return text;
}

static void show_rest(int argc, char *argv[]) {
    printf(" |");
    for (int i = optind; i < argc; ++i) printf(" %s", argv[i]);
    printf("\n");
}

static void try_short(const char *line, const char *letters) {
    char text[200], *argv[32];
    int argc;
    words_of(strcpy(text, line), argv, &argc);
    optind = 0;
    printf("%s:", line);
    for (int option; (option = getopt(argc, argv, letters)) != -1;) {
        printf(" %c", option);
        if (option == '?' || option == ':') printf("(%c)", optopt);
        else if (optarg != NULL) printf("=%s", optarg);
    }
    show_rest(argc, argv);
}

static int flag_value;
static const struct option known[] = {
    {"all", no_argument, NULL, 'a'},        {"block-size", required_argument, NULL, 'b'},
    {"colour", optional_argument, NULL, 'c'}, {"count", required_argument, NULL, 'n'},
    {"quiet", no_argument, &flag_value, 7}, {NULL, 0, NULL, 0},
};

static void try_long(const char *line, int (*get)(int, char *const *, const char *, const struct option *, int *)) {
    char text[200], *argv[32];
    int argc, index = -1;
    words_of(strcpy(text, line), argv, &argc);
    optind = 0;
    flag_value = 0;
    printf("%s:", line);
    for (int option; (option = get(argc, argv, "ab:c::n:", known, &index)) != -1; index = -1) {
        if (option == 0) printf(" flag");
        else printf(" %c", option);
        if (index >= 0) printf("(%s)", known[index].name);
        if (option != '?' && optarg != NULL) printf("=%s", optarg);
    }
    printf(" flag %d", flag_value);
    show_rest(argc, argv);
}

int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    const char *const lines[] = {
        "p -a -b x y",   "p -abx y",       "p x -a y -b z",    "p x y -a",        "p -a -- -b x",  "p x -- -a",
        "p - -a",        "p -b",           "p -q x",           "p -aqb",          "p",             "p x",
        "p -a x -b y z -a -- w -a", "p -ab -a", "p -- x",       "p x -a -- y -b", "p -:"};
    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; ++i) {
        try_short(lines[i], "ab:");
        try_short(lines[i], "+ab:");
        try_short(lines[i], ":ab:");
    }
    try_short("p -c -cx x -c", "c::");
    const char *const long_lines[] = {
        "p --all x --block-size 5 y", "p --block-size=5 --all",  "p --bl 5 --a",       "p --c",
        "p --colour --colour=red x",  "p --quiet -a x",          "p --nosuch x",       "p --all=5",
        "p --block-size",             "p -ax --count=3 -n4 --",  "p x --all -- --all", "p --block-size= x"};
    for (unsigned i = 0; i < sizeof long_lines / sizeof long_lines[0]; ++i) try_long(long_lines[i], getopt_long);
    try_long("p -all -count=3 x -block-size 5", getopt_long_only);
    return 0;
}
