// export, readonly, local, unset, set, shift, read, getopts: builtins about variables and parameters.

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "builtins.h"
#include "parser.h"
#include "shell.h"

void print_value(const char *value) {
    putchar('\'');
    for (; *value; ++value) {
        if (*value == '\'') fputs("'\"'\"'", stdout);
        else putchar(*value);
    }
    fputs("'\n", stdout);
}

static void print_exported(const struct variable *v) {
    if (!v->exported) return;
    printf("export %s", v->name);
    if (v->value == NULL) putchar('\n');
    else putchar('='), print_value(v->value);
}

static void print_read_only(const struct variable *v) {
    if (!v->read_only) return;
    printf("readonly %s=", v->name);
    print_value(v->value != NULL ? v->value : "");
}

static void print_variable(const struct variable *v) {
    if (v->value == NULL) return;
    printf("%s=", v->name);
    print_value(v->value);
}

// "name" or "name=value" becomes the name; the value, if there is one, is stored.
static char *take_declaration(const char *builtin, const char *word, const char **value) {
    const int length = name_length(word);
    if (length == 0 || (word[length] != '=' && word[length] != '\0')) fail(2, "%s: %s: bad variable name", builtin, word);
    char *name = get_string(word);
    name[length] = '\0';
    *value = word[length] == '=' ? word + length + 1 : NULL;
    return name;
}

int builtin_export(int argc, char **argv) {
    if (argc == 1 || strcmp(argv[1], "-p") == 0) {
        for_each_variable(print_exported);
        return 0;
    }
    for (int i = 1; i < argc; ++i) {
        const char *value, *name = take_declaration("export", argv[i], &value);
        if (value != NULL) set_variable(name, value);
        declare(name)->exported = true;
    }
    return 0;
}

int builtin_readonly(int argc, char **argv) {
    if (argc == 1 || strcmp(argv[1], "-p") == 0) {
        for_each_variable(print_read_only);
        return 0;
    }
    for (int i = 1; i < argc; ++i) {
        const char *value, *name = take_declaration("readonly", argv[i], &value);
        if (value != NULL) set_variable(name, value);
        declare(name)->read_only = true;
    }
    return 0;
}

int builtin_local(int argc, char **argv) {
    if (shell.function_depth == 0) fail(2, "local: not in a function");
    for (int i = 1; i < argc; ++i) {
        const char *value, *name = take_declaration("local", argv[i], &value);
        save_variable(name);
        if (value != NULL) set_variable(name, value);
    }
    return 0;
}

int builtin_unset(int argc, char **argv) {
    int first = 1;
    const bool functions = argc > 1 && strcmp(argv[1], "-f") == 0;
    if (functions || (argc > 1 && strcmp(argv[1], "-v") == 0)) first = 2;
    for (int i = first; i < argc; ++i) {
        if (functions) unset_function(argv[i]);
        else unset_variable(argv[i]);
    }
    return 0;
}

static bool *option_of(char letter) {
    switch (letter) {
        case 'a': return &shell.export_all;
        case 'C': return &shell.no_clobber;
        case 'e': return &shell.exit_on_error;
        case 'f': return &shell.no_globbing;
        case 'n': return &shell.no_execution;
        case 'u': return &shell.error_on_unset;
        case 'v': return &shell.verbose;
        case 'x': return &shell.trace;
        default: return NULL;
    }
}

static const struct {
    const char *name;
    char letter;
} long_options[] = {{"allexport", 'a'}, {"errexit", 'e'}, {"noclobber", 'C'}, {"noexec", 'n'}, {"noglob", 'f'},
                    {"nounset", 'u'}, {"verbose", 'v'},   {"xtrace", 'x'}};
enum { LONG_OPTION_COUNT = sizeof long_options / sizeof long_options[0] };

static void list_options(void) {
    for (int i = 0; i < LONG_OPTION_COUNT; ++i) {
        printf("%-15s %s\n", long_options[i].name, *option_of(long_options[i].letter) ? "on" : "off");
    }
}

int set_option(const char *word, const char *next) {
    const bool on = word[0] == '-';
    if (word[1] == 'o' && word[2] == '\0') {
        if (next == NULL) {
            list_options();
            return 1;
        }
        for (int i = 0; i < LONG_OPTION_COUNT; ++i) {
            if (strcmp(long_options[i].name, next) != 0) continue;
            *option_of(long_options[i].letter) = on;
            return 2;
        }
        return 0;
    }
    for (const char *letter = word + 1; *letter; ++letter) {
        if (option_of(*letter) == NULL) return 0;
        *option_of(*letter) = on;
    }
    return 1;
}

// The parameters are replaced; $0 stays.
static void replace_parameters(int count, char **values) {
    char **parameters = must_have(calloc((size_t)count + 2, sizeof *parameters));
    parameters[0] = shell.parameters[0];
    for (int i = 0; i < count; ++i) parameters[i + 1] = must_have(strdup(values[i]));
    shell.parameters = parameters;
    shell.parameter_count = count + 1;
}

int builtin_set(int argc, char **argv) {
    if (argc == 1) {
        for_each_variable(print_variable);
        return 0;
    }
    int i = 1;
    for (; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1] != '\0'; ++i) {
        if (strcmp(argv[i], "--") == 0) {
            replace_parameters(argc - i - 1, argv + i + 1);
            return 0;
        }
        const int used = set_option(argv[i], argv[i + 1]);
        if (used == 0) fail(2, "set: %s: illegal option", argv[i]);
        i += used - 1;
    }
    if (i < argc) replace_parameters(argc - i, argv + i);
    return 0;
}

int builtin_shift(int argc, char **argv) {
    const int count = argc > 1 ? number_argument(argv) : 1;
    if (count >= shell.parameter_count) {
        if (count == 0) return 0;
        fail(2, "shift: can't shift that many");
    }
    for (int i = 1; i + count <= shell.parameter_count; ++i) shell.parameters[i] = shell.parameters[i + count];
    shell.parameter_count -= count;
    return 0;
}

// ---- read

// One line, byte by byte so that a command that reads the same input finds the rest. A backslash takes the meaning of
// the character behind it away: it is kept in front of it here, and a line end behind it is dropped.
static bool read_line(struct text *line, bool raw) {
    for (;;) {
        char c;
        ssize_t count;
        while ((count = read(STDIN_FILENO, &c, 1)) < 0 && errno == EINTR) {
            if (pending_trap()) return false;
        }
        if (count != 1) return false;
        if (c == '\n') return true;
        if (c == '\\' && !raw) {
            if (read(STDIN_FILENO, &c, 1) != 1) return false;
            if (c == '\n') continue;
            append(line, '\\');
        }
        if (c != '\0') append(line, c);
    }
}

static bool is_blank_separator(const char *separators, char c) {
    return (c == ' ' || c == '\t' || c == '\n') && strchr(separators, c) != NULL;
}

// Takes the next field off the line; the last one takes all that is left, without the blanks at its end.
static char *take_field(char **at, const char *separators, bool last, bool raw) {
    struct text field = {0};
    int kept = 0;  // the length up to the last character that is no blank separator
    while (is_blank_separator(separators, **at)) ++*at;
    for (; **at; ++*at) {
        if (**at == '\\' && !raw) {
            ++*at;
        } else if (strchr(separators, **at)) {
            const bool blank = is_blank_separator(separators, **at);
            if (!last) {
                while (is_blank_separator(separators, **at)) ++*at;
                if (blank && **at && strchr(separators, **at)) ++*at;
                else if (!blank) ++*at;
                break;
            }
            append(&field, **at);
            if (!blank) kept = field.length;
            continue;
        }
        append(&field, **at);
        kept = field.length;
    }
    if (field.bytes != NULL) field.bytes[kept] = '\0';
    return (char *)text_of(&field);
}

int builtin_read(int argc, char **argv) {
    int first = 1;
    bool raw = false;
    for (; first < argc && argv[first][0] == '-'; ++first) {
        if (strcmp(argv[first], "-r") == 0) raw = true;
        else if (strcmp(argv[first], "-p") == 0 && first + 1 < argc) fprintf(stderr, "%s", argv[++first]);
        else fail(2, "read: %s: illegal option", argv[first]);
    }
    if (first == argc) fail(2, "read: a variable is missing");
    struct text line = {0};
    const bool complete = read_line(&line, raw);
    const char *separators = value_of("IFS");
    if (separators == NULL) separators = " \t\n";
    char *at = get_string(text_of(&line));
    for (int i = first; i < argc; ++i) {
        char *field = take_field(&at, separators, i + 1 == argc, raw);
        const size_t length = strlen(field);
        const bool lone = i + 1 == argc && length > 0 && strchr(separators, field[length - 1]) &&
                          !is_blank_separator(separators, field[length - 1]) &&
                          strcspn(field, separators) == length - 1;
        if (lone) field[length - 1] = '\0';  // "a:" is one field with a separator behind it
        set_variable(argv[i], field);
    }
    return complete ? 0 : 1;
}

// ---- getopts

static int place = 1;  // inside a word such as -la

static void no_such_option(bool silent, const char *found) {
    if (silent) set_variable("OPTARG", found);
    else complain("illegal option -%s", found);
}

// The option wants a value: the rest of its word or the next one. Returns how many words that takes; sets *letter if there
// is no value.
static int take_value(char **words, int index, bool silent, char *letter) {
    const char found[2] = {*letter, '\0'};
    const bool in_word = words[index][place] != '\0';
    const char *value = in_word ? words[index] + place : words[index + 1];
    place = 1;
    if (value != NULL) {
        set_variable("OPTARG", value);
        return in_word ? 1 : 2;
    }
    *letter = silent ? ':' : '?';
    if (silent) set_variable("OPTARG", found);
    else complain("no argument for option -%s", found);
    return 1;
}

// The next letter; *index becomes the word where the one after it is.
static char take_option(char **words, int *index, const char *letters) {
    const bool silent = letters[0] == ':';
    char letter = words[*index][place++];
    const char found[2] = {letter, '\0'};
    const char *known = letter != ':' ? strchr(letters, letter) : NULL;
    unset_variable("OPTARG");
    if (known != NULL && known[1] == ':') {
        *index += take_value(words, *index, silent, &letter);
        return letter;
    }
    if (words[*index][place] == '\0') {
        ++*index;
        place = 1;
    }
    if (known != NULL) return letter;
    no_such_option(silent, found);
    return '?';
}

int builtin_getopts(int argc, char **argv) {
    if (argc < 3) fail(2, "getopts: usage: getopts letters name [argument...]");
    char **words = argc > 3 ? argv + 2 : shell.parameters;  // words[1] is the first
    const int count = argc > 3 ? argc - 3 : shell.parameter_count - 1;
    const char *position = value_of("OPTIND");
    int index = position != NULL ? atoi(position) : 1;
    if (index < 1 || index > count + 1) index = place = 1;  // other words than the last time
    const char *word = index <= count ? words[index] : NULL;
    if (word != NULL && place > 1 && place >= (int)strlen(word)) place = 1;
    char letter[2] = "?", number[12];
    const bool is_option = word != NULL && word[0] == '-' && word[1] != '\0' && strcmp(word, "--") != 0;
    if (is_option) letter[0] = take_option(words, &index, argv[1]);
    else if (word != NULL && strcmp(word, "--") == 0) ++index;
    if (!is_option) place = 1;
    snprintf(number, sizeof number, "%d", index);
    set_variable("OPTIND", number);
    set_variable(argv[2], letter);
    return is_option ? 0 : 1;
}
