// getopt, and with long names getopt_long. As in glibc, operands may stand before options: they are moved behind them, one
// by one. "+" at the beginning of the letters (or POSIXLY_CORRECT in the environment) says that the first operand ends the
// options.

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *optarg;
int optind = 1, opterr = 1, optopt;

static int letter = 1;      // position inside a group such as -la
static const char *group;   // that word
static int operands_begin;  // argv[operands_begin] to argv[operands_end - 1]: met, to be moved behind what is to come
static int operands_end;

// ---- the order of the words ----

static bool is_option(const char *word) { return word[0] == '-' && word[1] != '\0'; }

// Puts the operands that were met behind the options that came after them.
static void move_operands(char **argv) {
    if (operands_end > optind) operands_begin = operands_end = optind;  // somebody has set optind back
    for (; operands_end > operands_begin && operands_end < optind; ++operands_begin, ++operands_end) {
        char *const option = argv[operands_end];
        memmove(&argv[operands_begin + 1], &argv[operands_begin], (size_t)(operands_end - operands_begin) * sizeof *argv);
        argv[operands_begin] = option;
    }
    if (operands_end <= operands_begin) operands_begin = operands_end = optind;
}

// Goes to the next option. False: there is none, and optind is the first operand.
static bool find_option(int argc, char **argv, bool in_order) {
    move_operands(argv);
    while (!in_order && optind < argc && !is_option(argv[optind])) operands_end = ++optind;
    const bool is_end = optind < argc && strcmp(argv[optind], "--") == 0;
    if (optind < argc && is_option(argv[optind]) && !is_end) return true;
    if (is_end) {
        ++optind;
        move_operands(argv);
    }
    if (operands_begin < operands_end) optind = operands_begin;
    return false;
}

// ---- short options ----

static int complain(char *const *argv, const char *options, const char *what) {
    if (opterr && options[0] != ':') fprintf(stderr, "%s: %s -- '%c'\n", argv[0], what, optopt);
    return '?';
}

static int take_letter(int argc, char *const *argv, const char *options) {
    optopt = (unsigned char)argv[optind][letter++];
    char *rest = &argv[optind][letter];
    const char *known = optopt == ':' || optopt == ';' ? NULL : strchr(options, optopt);
    if (*rest == '\0' || (known && known[1] == ':')) {
        ++optind;
        letter = 1;
    }
    if (known == NULL) return complain(argv, options, "invalid option");
    optarg = NULL;
    if (known[1] != ':') return optopt;
    if (*rest != '\0') {
        optarg = rest;
    } else if (known[2] == ':') {
        return optopt;  // "x::": the argument may be missing
    } else if (optind < argc) {
        optarg = argv[optind++];
    } else {
        const int result = complain(argv, options, "option requires an argument");
        return options[0] == ':' ? ':' : result;
    }
    return optopt;
}

// ---- long options ----

// The option that a name means: the whole name, or the beginning of one only. -1: none, -2: several.
static int find_name(const struct option *known, const char *name, size_t length) {
    int found = -1;
    for (int i = 0; known[i].name != NULL; ++i) {
        if (strncmp(known[i].name, name, length) != 0) continue;
        if (known[i].name[length] == '\0') return i;
        found = found == -1 ? i : -2;
    }
    return found;
}

static int complain_long(char *const *argv, const char *options, const char *format, const char *name) {
    if (!opterr || options[0] == ':') return '?';
    fprintf(stderr, "%s: ", argv[0]);
    fprintf(stderr, format, name);
    fputc('\n', stderr);
    return '?';
}

static int complain_of_several(char *const *argv, const char *options, const struct option *known, const char *word,
                               const char *name) {
    if (!opterr || options[0] == ':') return '?';
    fprintf(stderr, "%s: option '%s' is ambiguous; possibilities:", argv[0], word);
    for (int i = 0; known[i].name != NULL; ++i) {
        if (strncmp(known[i].name, name, strlen(name)) == 0) fprintf(stderr, " '--%s'", known[i].name);
    }
    fputc('\n', stderr);
    return '?';
}

static int take_name(int argc, char *const *argv, const char *options, const struct option *known, int *index) {
    const char *word = argv[optind], *name = word + (word[1] == '-' ? 2 : 1);
    char *value = strchr(name, '=');
    const int found = find_name(known, name, value != NULL ? (size_t)(value - name) : strlen(name));
    if (found == -1 && word[1] != '-' && strchr(options, word[1]) != NULL) return take_letter(argc, argv, options);
    ++optind;
    optopt = 0;
    if (found == -1) return complain_long(argv, options, "unrecognized option '%s'", word);
    if (found == -2) return complain_of_several(argv, options, known, word, name);
    const struct option *option = &known[found];
    optopt = option->val;
    optarg = value != NULL ? value + 1 : NULL;
    if (option->has_arg == no_argument && value != NULL) {
        return complain_long(argv, options, "option '--%s' doesn't allow an argument", option->name);
    }
    if (option->has_arg == required_argument && value == NULL) {
        if (optind == argc) {
            const int result = complain_long(argv, options, "option '--%s' requires an argument", option->name);
            return options[0] == ':' ? ':' : result;
        }
        optarg = argv[optind++];
    }
    if (index != NULL) *index = found;
    if (option->flag == NULL) return option->val;
    *option->flag = option->val;
    return 0;
}

// ---- the three functions ----

static int get(int argc, char *const *argv, const char *options, const struct option *known, int *index, bool one_dash) {
    if (optind == 0) {
        optind = letter = 1;
        operands_begin = operands_end = 0;
    }
    const bool in_order = options[0] == '+' || getenv("POSIXLY_CORRECT") != NULL;
    if (options[0] == '+') ++options;
    if (letter != 1 && (optind >= argc || argv[optind] != group)) letter = 1;  // somebody has changed optind
    if (letter == 1 && !find_option(argc, (char **)argv, in_order)) return -1;
    const char *word = group = argv[optind];
    const bool may_be_name = word[1] == '-' || (one_dash && (word[2] != '\0' || strchr(options, word[1]) == NULL));
    if (letter == 1 && known != NULL && may_be_name) {
        return take_name(argc, argv, options, known, index);
    }
    return take_letter(argc, argv, options);
}

int getopt(int argc, char *const argv[], const char *options) { return get(argc, argv, options, NULL, NULL, false); }

int getopt_long(int argc, char *const argv[], const char *options, const struct option *known, int *index) {
    return get(argc, argv, options, known, index, false);
}

int getopt_long_only(int argc, char *const argv[], const char *options, const struct option *known, int *index) {
    return get(argc, argv, options, known, index, true);
}
