// sh: the shell. Reads a line, takes it apart, and starts what it says.
//
//   line       =  and_or { (";" | "&") and_or }
//   and_or     =  pipeline { ("&&" | "||") pipeline }
//   pipeline   =  ["!"] command { "|" command }
//   command    =  { assignment | word | redirection }  or  "(" line ")" { redirection }
//   redirection = [digit] ("<" | ">" | ">>" | ">&" | "<&") word
//
// The line becomes a list of tokens (read_tokens), the tokens a tree (parse_...), and the tree is walked (run_...).
// Not modelled: if, while, for, case, functions, here-documents, wildcards, command substitution, job numbers.

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *shell_name = "sh";
static char **parameters;  // $0, $1, ...
static int parameter_count;
static bool interactive;
static int last_status;
static pid_t last_background;

// ---- memory: everything that belongs to one line is released when the line is done

struct chunk {
    struct chunk *next;
    max_align_t bytes[];
};

static struct chunk *line_chunks;

static void *get(size_t size) {
    struct chunk *chunk = calloc(1, sizeof *chunk + size);
    if (chunk == NULL) {
        fprintf(stderr, "%s: out of memory\n", shell_name);
        exit(2);
    }
    chunk->next = line_chunks;
    line_chunks = chunk;
    return chunk->bytes;
}

static void release_line(void) {
    while (line_chunks != NULL) {
        struct chunk *next = line_chunks->next;
        free(line_chunks);
        line_chunks = next;
    }
}

// A string that grows.
struct text {
    char *bytes;
    int length, room;
};

static void append(struct text *text, char c) {
    if (text->length + 1 >= text->room) {
        const int room = text->room == 0 ? 32 : text->room * 2;
        char *larger = get((size_t)room);
        if (text->length > 0) memcpy(larger, text->bytes, (size_t)text->length);
        text->bytes = larger;
        text->room = room;
    }
    text->bytes[text->length++] = c;
    text->bytes[text->length] = '\0';
}

static void append_string(struct text *text, const char *string) {
    while (*string) append(text, *string++);
}

// An array of strings that grows and always ends with NULL.
struct words {
    char **items;
    int count, room;
};

static void add_word(struct words *words, char *word) {
    if (words->count + 1 >= words->room) {
        const int room = words->room == 0 ? 8 : words->room * 2;
        char **larger = get((size_t)room * sizeof *larger);
        if (words->count > 0) memcpy(larger, words->items, (size_t)words->count * sizeof *larger);
        words->items = larger;
        words->room = room;
    }
    words->items[words->count++] = word;
    words->items[words->count] = NULL;
}

// ---- variables

struct variable {
    struct variable *next;
    char *name, *value;
    bool exported;
};

static struct variable *variables;

static struct variable *find_variable(const char *name, size_t length) {
    for (struct variable *v = variables; v != NULL; v = v->next) {
        if (strlen(v->name) == length && memcmp(v->name, name, length) == 0) return v;
    }
    return NULL;
}

static struct variable *set_variable(const char *name, size_t length, const char *value) {
    struct variable *v = find_variable(name, length);
    if (v == NULL) {
        v = calloc(1, sizeof *v);
        v->name = strndup(name, length);
        v->next = variables;
        variables = v;
    }
    char *copy = strdup(value);
    free(v->value);
    v->value = copy;
    return v;
}

static const char *variable(const char *name) {
    const struct variable *v = find_variable(name, strlen(name));
    return v != NULL ? v->value : NULL;
}

static void import_environment(void) {
    for (char **entry = environ; *entry != NULL; ++entry) {
        const char *equals = strchr(*entry, '=');
        if (equals != NULL) set_variable(*entry, (size_t)(equals - *entry), equals + 1)->exported = true;
    }
}

static void export_variables(void) {
    for (const struct variable *v = variables; v != NULL; v = v->next) {
        if (v->exported) {
            setenv(v->name, v->value, 1);
        } else {
            unsetenv(v->name);
        }
    }
}

static size_t name_length(const char *text) {
    size_t length = 0;
    if (!isdigit((unsigned char)*text)) {
        while (isalnum((unsigned char)text[length]) || text[length] == '_') ++length;
    }
    return length;
}

// The length of NAME if the word is NAME=value, else 0.
static size_t assignment_length(const char *word) {
    const size_t length = name_length(word);
    return word[length] == '=' ? length : 0;
}

// ---- tokens

enum token_kind { WORD, PIPE, OR, AND, BACKGROUND, SEMICOLON, OPEN, CLOSE, INPUT, OUTPUT, APPEND, DUPLICATE, END };

struct token {
    enum token_kind kind;
    char *text;      // of a WORD, with its quotes; of an operator, as it was written
    int descriptor;  // of a redirection
    struct token *next;
};

static const struct {
    const char *text;
    enum token_kind kind;
    int descriptor;
} operators[] = {
    {"||", OR, 0},         {"&&", AND, 0},        {">>", APPEND, 1}, {">&", DUPLICATE, 1}, {"<&", DUPLICATE, 0},
    {"|", PIPE, 0},        {"&", BACKGROUND, 0},  {";", SEMICOLON, 0}, {"\n", SEMICOLON, 0}, {"(", OPEN, 0},
    {")", CLOSE, 0},       {"<", INPUT, 0},       {">", OUTPUT, 1},
};
enum { OPERATOR_COUNT = sizeof operators / sizeof operators[0] };

enum completeness { COMPLETE, INCOMPLETE, WRONG };

static struct token *add_token(struct token ***end, enum token_kind kind, char *text, int descriptor) {
    struct token *token = get(sizeof *token);
    *token = (struct token){kind, text, descriptor, NULL};
    **end = token;
    *end = &token->next;
    return token;
}

// Where a word ends that begins here, quotes and all; NULL if a quote is still open.
static const char *end_of_word(const char *at) {
    while (*at && !strchr(" \t\n|&;()<>", *at)) {
        if (*at == '\\') {
            if (at[1] == '\0' || (at[1] == '\n' && at[2] == '\0')) return NULL;
            at += 2;
        } else if (*at == '\'') {
            at = strchr(at + 1, '\'');
            if (at == NULL) return NULL;
            ++at;
        } else if (*at == '"') {
            for (++at; *at != '"'; ++at) {
                if (*at == '\\' && at[1] != '\0') ++at;
                if (*at == '\0') return NULL;
            }
            ++at;
        } else {
            ++at;
        }
    }
    return at;
}

static enum completeness read_tokens(const char *at, struct token **tokens) {
    struct token **end = tokens;
    *tokens = NULL;
    for (;;) {
        at += strspn(at, " \t");
        if (at[0] == '\\' && at[1] == '\n' && at[2] != '\0') at += 2;
        if (*at == '#') at += strcspn(at, "\n");
        if (*at == '\0') break;
        int i = 0;
        const bool numbered = isdigit((unsigned char)at[0]) && (at[1] == '<' || at[1] == '>');
        const char *op = at + numbered;
        while (i < OPERATOR_COUNT && strncmp(op, operators[i].text, strlen(operators[i].text)) != 0) ++i;
        if (i < OPERATOR_COUNT) {
            const int descriptor = numbered ? at[0] - '0' : operators[i].descriptor;
            at = op + strlen(operators[i].text);
            add_token(&end, operators[i].kind, (char *)operators[i].text, descriptor);
        } else {
            const char *word_end = end_of_word(at);
            if (word_end == NULL) return INCOMPLETE;
            char *word = get((size_t)(word_end - at) + 1);
            memcpy(word, at, (size_t)(word_end - at));
            add_token(&end, WORD, word, 0);
            at = word_end;
        }
    }
    add_token(&end, END, "end of line", 0);
    return COMPLETE;
}

// ---- the tree

enum node_kind { COMMAND, SUBSHELL, PIPELINE, AND_THEN, OR_ELSE, NEGATION, SEQUENCE, IN_BACKGROUND };

struct redirection {
    enum token_kind kind;
    int descriptor;
    char *target;
    struct redirection *next;
};

struct node {
    enum node_kind kind;
    struct node *left, *right;
    struct words words;                // of a COMMAND, unexpanded
    struct redirection *redirections;  // of a COMMAND or SUBSHELL
};

static struct token *here;               // the next token to be parsed
static enum completeness parse_result;

static struct node *parse_list(void);

static struct node *make_node(enum node_kind kind, struct node *left, struct node *right) {
    struct node *node = get(sizeof *node);
    node->kind = kind;
    node->left = left;
    node->right = right;
    return node;
}

static bool accept(enum token_kind kind) {
    if (here->kind != kind) return false;
    here = here->next;
    return true;
}

static void skip_line_ends(void) {
    while (here->kind == SEMICOLON && here->text[0] == '\n') here = here->next;
}

static struct node *unexpected(void) {
    if (parse_result == COMPLETE) {
        const char *text = here->text[0] == '\n' ? "newline" : here->text;
        fprintf(stderr, "%s: syntax error: \"%s\" unexpected\n", shell_name, text);
        parse_result = WRONG;
    }
    return NULL;
}

static bool parse_redirection(struct redirection ***end) {
    const struct token *op = here;
    if (op->kind < INPUT || op->kind > DUPLICATE) return false;
    here = here->next;
    if (here->kind != WORD) {
        unexpected();
        return false;
    }
    struct redirection *r = get(sizeof *r);
    *r = (struct redirection){op->kind, op->descriptor, here->text, NULL};
    here = here->next;
    **end = r;
    *end = &r->next;
    return true;
}

static struct node *parse_command(void) {
    struct node *node = make_node(COMMAND, NULL, NULL);
    struct redirection **end = &node->redirections;
    if (accept(OPEN)) {
        node->kind = SUBSHELL;
        node->left = parse_list();
        if (here->kind == END && parse_result == COMPLETE) parse_result = INCOMPLETE;
        if (node->left == NULL || !accept(CLOSE)) return unexpected();
        while (parse_redirection(&end)) continue;
        return node;
    }
    for (;;) {
        if (here->kind == WORD) {
            add_word(&node->words, here->text);
            here = here->next;
        } else if (!parse_redirection(&end)) {
            break;
        }
    }
    if (node->words.count == 0 && node->redirections == NULL) {
        if (here->kind == END && parse_result == COMPLETE) parse_result = INCOMPLETE;  // "a |" goes on
        return unexpected();
    }
    return node;
}

static struct node *parse_pipeline(void) {
    const bool negated = here->kind == WORD && strcmp(here->text, "!") == 0;
    if (negated) here = here->next;
    struct node *left = parse_command();
    struct node *first = make_node(PIPELINE, left, NULL), *last = first;
    while (left != NULL && accept(PIPE)) {
        skip_line_ends();
        left = parse_command();
        last->right = make_node(PIPELINE, left, NULL);
        last = last->right;
    }
    if (left == NULL) return NULL;
    struct node *pipeline = first->right != NULL ? first : first->left;
    return negated ? make_node(NEGATION, pipeline, NULL) : pipeline;
}

static struct node *parse_and_or(void) {
    struct node *left = parse_pipeline();
    while (left != NULL && (here->kind == AND || here->kind == OR)) {
        const enum node_kind kind = here->kind == AND ? AND_THEN : OR_ELSE;
        here = here->next;
        skip_line_ends();
        struct node *right = parse_pipeline();
        left = right != NULL ? make_node(kind, left, right) : NULL;
    }
    return left;
}

static struct node *parse_list(void) {
    skip_line_ends();
    struct node *list = NULL;
    while (here->kind != END && here->kind != CLOSE) {
        struct node *item = parse_and_or();
        if (item == NULL) return NULL;
        if (here->kind == BACKGROUND) item = make_node(IN_BACKGROUND, item, NULL);
        list = list != NULL ? make_node(SEQUENCE, list, item) : item;
        if (!accept(BACKGROUND) && !accept(SEMICOLON)) break;
        skip_line_ends();
    }
    return list;
}

// ---- expansion: quotes are removed, $ is replaced, and what an unquoted $ brought is split at blanks

struct expansion {
    struct words *words;
    struct text text;
    bool has_word;  // "" is a word too
};

static void finish_word(struct expansion *e) {
    if (e->has_word) {
        append(&e->text, '\0');
        add_word(e->words, e->text.bytes);
    }
    e->text = (struct text){0};
    e->has_word = false;
}

static void append_value(struct expansion *e, const char *value, bool quoted) {
    for (; *value; ++value) {
        if (!quoted && e->words != NULL && isspace((unsigned char)*value)) {
            finish_word(e);
        } else {
            append(&e->text, *value);
            e->has_word = true;
        }
    }
}

static void append_number(struct expansion *e, int number) {
    char digits[16];
    snprintf(digits, sizeof digits, "%d", number);
    append_value(e, digits, true);
}

static void append_all_parameters(struct expansion *e, bool separate_words, bool quoted) {
    for (int i = 1; i < parameter_count; ++i) {
        if (i > 1 && separate_words && e->words != NULL) finish_word(e);
        if (i > 1 && !separate_words) append_value(e, " ", quoted);
        if (quoted) e->has_word = true;
        append_value(e, parameters[i], quoted);
    }
}

// Expands what follows a "$"; returns where the text goes on.
static const char *expand_dollar(struct expansion *e, const char *at, bool quoted) {
    switch (*at) {
        case '?': append_number(e, last_status); return at + 1;
        case '$': append_number(e, getpid()); return at + 1;
        case '#': append_number(e, parameter_count > 0 ? parameter_count - 1 : 0); return at + 1;
        case '!':
            if (last_background != 0) append_number(e, last_background);
            return at + 1;
        case '@':
        case '*': append_all_parameters(e, *at == '@', quoted); return at + 1;
        default: break;
    }
    if (isdigit((unsigned char)*at)) {
        const int index = *at - '0';
        if (index < parameter_count) append_value(e, parameters[index], quoted);
        return at + 1;
    }
    const bool braces = *at == '{';
    const size_t length = name_length(at + braces);
    if (length == 0 || (braces && at[1 + length] != '}')) {
        append_value(e, "$", true);  // stands for itself
        return at;
    }
    const struct variable *v = find_variable(at + braces, length);
    if (v != NULL) append_value(e, v->value, quoted);
    return at + length + 2 * braces;
}

static const char *expand_double_quotes(struct expansion *e, const char *at) {
    const bool nothing = strncmp(at, "$@\"", 3) == 0 && parameter_count < 2;  // the one "" that is no word
    if (!nothing) e->has_word = true;
    while (*at != '"') {
        if (*at == '$') {
            at = expand_dollar(e, at + 1, true);
            continue;
        }
        if (*at == '\\' && at[1] == '\n') {
            at += 2;
            continue;
        }
        if (*at == '\\' && strchr("$`\"\\", at[1])) ++at;
        append(&e->text, *at++);
    }
    return at + 1;
}

static void expand(struct expansion *e, const char *at) {
    if (at[0] == '~' && (at[1] == '\0' || at[1] == '/') && variable("HOME") != NULL) {
        append_value(e, variable("HOME"), true);
        ++at;
    }
    while (*at) {
        if (*at == '\'') {
            for (++at; *at != '\''; ++at) append(&e->text, *at);
            e->has_word = true;
            ++at;
        } else if (*at == '"') {
            at = expand_double_quotes(e, at + 1);
        } else if (*at == '$') {
            at = expand_dollar(e, at + 1, false);
        } else if (*at == '\\' && at[1] == '\n') {
            at += 2;
        } else {
            if (*at == '\\') ++at;
            append(&e->text, *at++);
            e->has_word = true;
        }
    }
}

static void expand_word(struct words *words, const char *raw) {
    struct expansion e = {.words = words};
    expand(&e, raw);
    finish_word(&e);
}

// For assignments and file names: one string, never split.
static char *expand_string(const char *raw) {
    struct expansion e = {0};
    expand(&e, raw);
    append_string(&e.text, "");
    if (e.text.bytes == NULL) return "";
    return e.text.bytes;
}

static void assign(const char *word) {
    const size_t length = assignment_length(word);
    set_variable(word, length, expand_string(word + length + 1));
}

// ---- redirections

static int open_target(const struct redirection *r, const char *target) {
    switch (r->kind) {
        case INPUT: return open(target, O_RDONLY);
        case OUTPUT: return open(target, O_WRONLY | O_CREAT | O_TRUNC, 0666);
        default: return open(target, O_WRONLY | O_CREAT | O_APPEND, 0666);
    }
}

static bool redirect(const struct redirection *r) {
    for (; r != NULL; r = r->next) {
        const char *target = expand_string(r->target);
        if (r->kind == DUPLICATE) {
            if (strcmp(target, "-") == 0) {
                close(r->descriptor);
            } else if (!isdigit((unsigned char)target[0]) || dup2(atoi(target), r->descriptor) < 0) {
                fprintf(stderr, "%s: %s: bad file descriptor\n", shell_name, target);
                return false;
            }
            continue;
        }
        const int descriptor = open_target(r, target);
        if (descriptor < 0) {
            fprintf(stderr, "%s: cannot %s %s: %s\n", shell_name, r->kind == INPUT ? "open" : "create", target,
                    strerror(errno));
            return false;
        }
        if (descriptor != r->descriptor) {
            dup2(descriptor, r->descriptor);
            close(descriptor);
        }
    }
    return true;
}

// ---- builtins: what must happen in the shell itself

static int builtin_cd(char **argv) {
    const char *folder = argv[1] != NULL ? argv[1] : variable("HOME");
    if (folder != NULL && strcmp(folder, "-") == 0) folder = variable("OLDPWD");
    if (folder == NULL) folder = "/";
    if (chdir(folder) < 0) {
        fprintf(stderr, "%s: cd: can't cd to %s\n", shell_name, folder);
        return 2;
    }
    if (argv[1] != NULL && strcmp(argv[1], "-") == 0) puts(folder);
    char path[256];
    if (variable("PWD") != NULL) set_variable("OLDPWD", 6, variable("PWD"));
    if (getcwd(path, sizeof path) != NULL) set_variable("PWD", 3, path);
    return 0;
}

static int builtin_exit(char **argv) {
    const int status = argv[1] != NULL ? atoi(argv[1]) : last_status;
    exit(status & 0xFF);
}

static int builtin_export(char **argv) {
    if (argv[1] == NULL) {
        for (const struct variable *v = variables; v != NULL; v = v->next) {
            if (v->exported) printf("export %s='%s'\n", v->name, v->value);
        }
    }
    for (int i = 1; argv[i] != NULL; ++i) {
        const size_t length = name_length(argv[i]);
        if (length == 0 || (argv[i][length] != '=' && argv[i][length] != '\0')) {
            fprintf(stderr, "%s: export: %s: bad variable name\n", shell_name, argv[i]);
            return 2;
        }
        struct variable *v = find_variable(argv[i], length);
        if (argv[i][length] == '=') v = set_variable(argv[i], length, argv[i] + length + 1);
        if (v == NULL) v = set_variable(argv[i], length, "");
        v->exported = true;
    }
    return 0;
}

static int builtin_unset(char **argv) {
    for (int i = 1; argv[i] != NULL; ++i) {
        for (struct variable **link = &variables; *link != NULL; link = &(*link)->next) {
            if (strcmp((*link)->name, argv[i]) != 0) continue;
            struct variable *gone = *link;
            *link = gone->next;
            free(gone->name);
            free(gone->value);
            free(gone);
            break;
        }
    }
    return 0;
}

static int builtin_pwd(char **argv) {
    (void)argv;
    char path[256];
    if (getcwd(path, sizeof path) == NULL) return 1;
    puts(path);
    return 0;
}

static int status_of(int wait_status) {
    return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

static int builtin_wait(char **argv) {
    int status;
    if (argv[1] == NULL) {
        while (wait(&status) > 0) continue;
        return 0;
    }
    int result = 0;
    for (int i = 1; argv[i] != NULL; ++i) result = waitpid(atoi(argv[i]), &status, 0) < 0 ? 127 : status_of(status);
    return result;
}

static int builtin_nothing(char **argv) {
    (void)argv;
    return 0;
}

static const struct builtin {
    const char *name;
    int (*run)(char **argv);
} builtins[] = {{"cd", builtin_cd},       {"exit", builtin_exit}, {"export", builtin_export}, {"unset", builtin_unset},
                {"pwd", builtin_pwd},     {"wait", builtin_wait}, {":", builtin_nothing}};

static const struct builtin *find_builtin(const char *name) {
    for (size_t i = 0; i < sizeof builtins / sizeof builtins[0]; ++i) {
        if (strcmp(builtins[i].name, name) == 0) return &builtins[i];
    }
    return NULL;
}

// The shell's own descriptors are kept beyond 9 while a builtin runs with others.
static int run_builtin(const struct builtin *builtin, char **argv, const struct redirection *redirections) {
    int kept[3];
    for (int i = 0; redirections != NULL && i < 3; ++i) kept[i] = dup(i);
    const int status = redirect(redirections) ? builtin->run(argv) : 2;
    fflush(stdout);
    for (int i = 0; redirections != NULL && i < 3; ++i) {
        if (kept[i] < 0) {
            close(i);
            continue;
        }
        dup2(kept[i], i);
        close(kept[i]);
    }
    return status;
}

// ---- processes

static int run(const struct node *node);

static _Noreturn void execute(char **argv) {
    export_variables();
    execvp(argv[0], argv);
    const int error = errno;
    if (error == ENOENT) {
        fprintf(stderr, "%s: %s: not found\n", shell_name, argv[0]);
    } else {
        fprintf(stderr, "%s: %s: %s\n", shell_name, argv[0], strerror(error));
    }
    _exit(error == ENOENT ? 127 : 126);
}

// Assignments in front of a command, then its words; returns the number of words that were assignments.
static int expand_command(const struct node *node, struct words *argv) {
    int assignments = 0;
    while (assignments < node->words.count && assignment_length(node->words.items[assignments]) > 0) ++assignments;
    for (int i = assignments; i < node->words.count; ++i) expand_word(argv, node->words.items[i]);
    return assignments;
}

// In a child: becomes the command, without another fork.
static _Noreturn void become(const struct node *node) {
    interactive = false;
    if (node->kind == SUBSHELL) {
        if (!redirect(node->redirections)) _exit(2);
        node = node->left;
    }
    if (node->kind != COMMAND) exit(run(node));
    struct words argv = {0};
    const int assignments = expand_command(node, &argv);
    if (!redirect(node->redirections)) _exit(2);
    for (int i = 0; i < assignments; ++i) {
        assign(node->words.items[i]);
        find_variable(node->words.items[i], assignment_length(node->words.items[i]))->exported = true;
    }
    if (argv.count == 0) exit(0);
    const struct builtin *builtin = find_builtin(argv.items[0]);
    if (builtin != NULL) exit(builtin->run(argv.items));
    execute(argv.items);
}

enum place { FOREGROUND, BACKGROUND_JOB };

// Starts a child that runs the command; the processes of an interactive job form a group, so that ^C finds them all.
static pid_t start(const struct node *node, pid_t group, enum place place, int input, int output, int unused) {
    fflush(stdout);
    const pid_t child = fork();
    if (child < 0) fprintf(stderr, "%s: cannot fork: %s\n", shell_name, strerror(errno));
    if (child != 0) {
        if (interactive && child > 0) setpgid(child, group);
        return child;
    }
    if (interactive) {
        setpgid(0, group);
        if (place == FOREGROUND) tcsetpgrp(STDIN_FILENO, getpgrp());
        signal(SIGINT, SIG_DFL);
    } else if (place == BACKGROUND_JOB) {
        signal(SIGINT, SIG_IGN);
    }
    if (input != STDIN_FILENO) {
        dup2(input, STDIN_FILENO);
        close(input);
    }
    if (output != STDOUT_FILENO) {
        dup2(output, STDOUT_FILENO);
        close(output);
    }
    if (unused >= 0) close(unused);
    become(node);
}

static void report_signal(int status) {
    const int signal = WTERMSIG(status);
    if (signal != 0 && signal != SIGINT && signal != SIGPIPE) fprintf(stderr, "%s\n", strsignal(signal));
}

static int wait_for(pid_t child) {
    int status = 0;
    if (waitpid(child, &status, 0) < 0) return 127;
    report_signal(status);
    return status_of(status);
}

static void take_terminal_back(void) {
    if (interactive) tcsetpgrp(STDIN_FILENO, getpgrp());
}

static int run_in_child(const struct node *node) {
    const pid_t child = start(node, 0, FOREGROUND, STDIN_FILENO, STDOUT_FILENO, -1);
    if (child < 0) return 2;
    const int status = wait_for(child);
    take_terminal_back();
    return status;
}

//   left command --[ends[1] ==> ends[0]]--> next command ...
static int run_pipeline(const struct node *stage) {
    enum { MOST_STAGES = 32 };
    pid_t children[MOST_STAGES];
    int count = 0, input = STDIN_FILENO;
    for (; stage != NULL && count < MOST_STAGES; stage = stage->right) {
        int ends[2] = {-1, STDOUT_FILENO};
        if (stage->right != NULL && pipe(ends) < 0) {
            fprintf(stderr, "%s: cannot make a pipe: %s\n", shell_name, strerror(errno));
            break;
        }
        children[count] = start(stage->left, count > 0 ? children[0] : 0, FOREGROUND, input, ends[1], ends[0]);
        if (input != STDIN_FILENO) close(input);
        if (ends[1] != STDOUT_FILENO) close(ends[1]);
        input = ends[0];
        if (children[count++] < 0) break;
    }
    if (stage != NULL && input > STDIN_FILENO) close(input);
    int status = 2;
    for (int i = 0; i < count; ++i) status = children[i] > 0 ? wait_for(children[i]) : 2;
    take_terminal_back();
    return status;
}

static int run_in_background(const struct node *node) {
    const int input = interactive ? STDIN_FILENO : open("/dev/null", O_RDONLY);
    const pid_t child = start(node, 0, BACKGROUND_JOB, input < 0 ? STDIN_FILENO : input, STDOUT_FILENO, -1);
    if (input > STDIN_FILENO) close(input);
    if (child < 0) return 2;
    last_background = child;
    if (interactive) fprintf(stderr, "[%d]\n", child);
    return 0;
}

static int run_command(const struct node *node) {
    struct words argv = {0};
    const int assignments = expand_command(node, &argv);
    const struct builtin *builtin = argv.count > 0 ? find_builtin(argv.items[0]) : find_builtin(":");
    if (builtin == NULL) return run_in_child(node);
    for (int i = 0; i < assignments; ++i) assign(node->words.items[i]);
    return run_builtin(builtin, argv.items, node->redirections);
}

static int run(const struct node *node) {
    switch (node->kind) {
        case COMMAND: last_status = run_command(node); break;
        case SUBSHELL: last_status = run_in_child(node); break;
        case PIPELINE: last_status = run_pipeline(node); break;
        case NEGATION: last_status = !run(node->left); break;
        case IN_BACKGROUND: last_status = run_in_background(node->left); break;
        case AND_THEN:
            if (run(node->left) == 0) run(node->right);
            break;
        case OR_ELSE:
            if (run(node->left) != 0) run(node->right);
            break;
        case SEQUENCE:
            run(node->left);
            run(node->right);
            break;
    }
    return last_status;
}

// ---- reading lines

struct source {
    const char *text;  // of -c; else NULL
    int descriptor;
};

enum line_result { LINE, NO_MORE_LINES, INTERRUPTED };

// Adds a line, with its line end. Byte by byte, so that a command that reads the same file finds the rest there.
static enum line_result read_line(struct source *source, struct text *line) {
    const int before = line->length;
    for (;;) {
        char c;
        if (source->text != NULL) {
            c = *source->text;
            if (c == '\0') break;
            ++source->text;
        } else {
            const ssize_t count = read(source->descriptor, &c, 1);
            if (count < 0 && errno == EINTR) return INTERRUPTED;
            if (count != 1) break;
        }
        append(line, c);
        if (c == '\n') break;
    }
    return line->length > before ? LINE : NO_MORE_LINES;
}

static void report_finished_jobs(void) {
    int status;
    for (pid_t child; (child = waitpid(-1, &status, WNOHANG)) > 0;) {
        fprintf(stderr, "[%d] %s\n", child, WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "Done");
    }
}

static void prompt(const char *text) {
    if (interactive) write(STDERR_FILENO, text, strlen(text));
}

// Reads until the tree of one or more complete lines is there; NULL at the end of the input, after an error or ^C.
static struct node *read_tree(struct source *source, bool *at_end) {
    struct text line = {0};
    prompt("$ ");
    for (;;) {
        const enum line_result result = read_line(source, &line);
        if (result == INTERRUPTED) {
            parse_result = COMPLETE;
            return NULL;
        }
        if (result == NO_MORE_LINES) {
            *at_end = true;
            if (line.length > 0 && parse_result == INCOMPLETE) {
                fprintf(stderr, "%s: syntax error: unexpected end of file\n", shell_name);
                parse_result = WRONG;
            }
            return NULL;
        }
        parse_result = read_tokens(line.bytes, &here);
        struct node *tree = NULL;
        if (parse_result == COMPLETE) {
            tree = parse_list();
            if (parse_result == COMPLETE && here->kind != END) unexpected();
        }
        if (parse_result != INCOMPLETE) return parse_result == COMPLETE ? tree : NULL;
        prompt("> ");
    }
}

static int run_all(struct source *source) {
    for (bool at_end = false; !at_end;) {
        if (interactive) report_finished_jobs();
        parse_result = COMPLETE;
        const struct node *tree = read_tree(source, &at_end);
        if (parse_result == WRONG) {
            last_status = 2;
            if (!interactive) return 2;
        }
        if (tree != NULL) run(tree);
        release_line();
    }
    if (interactive) fputs("\n", stderr);
    return last_status;
}

int main(int argc, char *argv[]) {
    struct source source = {NULL, STDIN_FILENO};
    parameters = argv;
    parameter_count = argc > 0 ? 1 : 0;
    import_environment();
    if (argc > 1 && strcmp(argv[1], "-c") == 0) {
        if (argc == 2) {
            fprintf(stderr, "%s: -c requires an argument\n", shell_name);
            return 2;
        }
        source.text = argv[2];
        if (argc > 3) {
            parameters = argv + 3;
            parameter_count = argc - 3;
        }
    } else if (argc > 1) {
        source.descriptor = open(argv[1], O_RDONLY | O_CLOEXEC);
        if (source.descriptor < 0) {
            fprintf(stderr, "%s: cannot open %s: %s\n", shell_name, argv[1], strerror(errno));
            return 127;
        }
        parameters = argv + 1;
        parameter_count = argc - 1;
    } else {
        interactive = isatty(STDIN_FILENO);
    }
    if (interactive) {
        signal(SIGINT, SIG_IGN);
        take_terminal_back();
    }
    return run_all(&source);
}
